package io.taskwright.store.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwright.model.ExecutionId;
import io.taskwright.model.Project;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class EventsIT extends StoredExecutions {
  @Test
  void numbersEventsWithoutAGapHoweverManyWriteAtOnce() throws Exception {
    ExecutionId id = accepted("gapless");
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      threads.invokeAll(
          IntStream.range(0, 40)
              .<Callable<Object>>mapToObj(i -> () -> events.add(MINE, id, line("line " + i)))
              .toList());
    }
    assertThat(events.after(id, 0, 100))
        .extracting(Events.Event::seq)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 41).boxed().toList());
    assertThat(view(id).seq()).isEqualTo(41);
  }

  @Test
  void neverChangesWhatHappened() {
    ExecutionId id = accepted("immutable");
    assertThatThrownBy(
            () -> jdbc.sql("delete from event where execution_id = ?").param(id.value()).update())
        .hasMessageContaining("never changed");
    assertThatThrownBy(() ->
            jdbc.sql("update event set message = 'x' where execution_id = ?")
                .param(id.value())
                .update())
        .hasMessageContaining("never changed");
  }

  @Test
  void putsEachDayIntoItsPartition() {
    LocalDate day = LocalDate.of(2031, 5, 1);
    events.prepare(day, 2);
    events.prepare(day, 2);
    ExecutionId id = accepted("partition");
    events.add(
        MINE, id, Fact.log(Instant.parse("2031-05-01T23:59:59Z"), "INFO", "x", "on the day"));
    assertThat(jdbc.sql("select count(*) from event_20310501").query(Integer.class).single())
        .isEqualTo(1);
  }

  @Test
  void goesOnWhenADayBeganWithoutItsPartition() {
    LocalDate day = LocalDate.of(2031, 5, 6);
    ExecutionId id = accepted("unprepared");
    Instant noon = Instant.parse("2031-05-06T12:00:00Z");
    events.add(MINE, id, Fact.log(noon, "INFO", "stdout", "early"));
    events.prepare(day, 2);
    events.add(MINE, id, Fact.log(noon.plusSeconds(86400), "INFO", "stdout", "prepared"));
    assertThat(
            jdbc.sql(
                    "select tableoid::regclass::text from event where execution_id = ? and seq > 1"
                        + " order by seq")
                .param(id.value())
                .query(String.class)
                .list())
        .containsExactly("event_other", "event_20310507");
  }

  @Test
  void findsLinesOfLogByTheirTextAsItIsWritten() {
    ExecutionId id = accepted("log");
    for (String text : List.of("100% done", "100 done", "a_b", "aXb", "nul\0byte")) {
      events.add(MINE, id, line(text));
    }
    assertThat(messages(id, "100%")).containsExactly("100% done");
    assertThat(messages(id, "a_b")).containsExactly("a_b");
    assertThat(messages(id, "nul")).containsExactly("nul\uFFFDbyte");
    List<Events.LogLine> first =
        events.log(MINE, new Events.LogFilter(id, null, List.of("INFO"), null, null, "", null), 2);
    Events.LogLine last = first.getLast();
    assertThat(
            events.log(
                MINE,
                new Events.LogFilter(
                    id,
                    null,
                    List.of(),
                    Instant.now().minusSeconds(60),
                    Instant.now().plusSeconds(60),
                    "",
                    new Events.Place(last.event().at(), id, last.event().seq())),
                10))
        .hasSize(3);
    assertThat(
            events.log(
                new Project("other"),
                new Events.LogFilter(id, null, List.of(), null, null, "", null),
                10))
        .isEmpty();
  }
}
