package io.taskwright.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.taskwright.client.Event.AttemptEnded;
import io.taskwright.client.Event.AttemptStarted;
import io.taskwright.client.Event.Ended;
import io.taskwright.client.Event.Logged;
import io.taskwright.client.Event.Other;
import io.taskwright.client.Event.Progressed;
import io.taskwright.client.Event.StatusChanged;
import io.taskwright.model.ExecutionId;
import io.taskwright.model.execution.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Following an execution over connections that break. */
class EventStreamIT {
  private static final ExecutionId ID =
      ExecutionId.parse("01a1fe7b-4af3-7d59-9f6d-b10f50cccf8c").orElseThrow();
  private static final String AT = "'at':'2026-01-02T03:04:05Z'";
  private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final StandInService service = new StandInService();
  private final List<Event> heard = new ArrayList<>();

  @AfterEach
  void close() {
    service.close();
  }

  private void follow(long after, Duration patience) {
    try (TaskwrightClient client = service.client()) {
      client.executions().follow(ID, after, patience, heard::add);
    }
  }

  private static String log(int id) {
    return "%d|log|{%s,'message':'line %d'}".formatted(id, AT, id);
  }

  private static String end(int id) {
    return "%d|end|{%s,'status':'COMPLETED'}".formatted(id, AT);
  }

  private List<Long> numbers() {
    return heard.stream().map(Event::seq).toList();
  }

  @Test
  void everyKindOfEventIsRead() {
    service.events(
        "1|status|{" + AT + ",'status':'RUNNING'}",
        "2|attempt|{" + AT + ",'state':'started','number':1,'worker':'w'}",
        "3|log|{" + AT + ",'level':'INFO','source':'stdout','message':'hi'}",
        "4|progress|{" + AT + ",'fraction':0.5,'message':'half'}",
        "5|attempt|{" + AT + ",'state':'ended','number':1,'failure':{'code':'TIMEOUT'}}",
        "6|attempt|{" + AT + ",'state':'lost','number':1}",
        "7|status|{" + AT + ",'status':'ODD'}",
        "8|end|{" + AT + ",'status':'FAILED'}");

    follow(0, PATIENCE);

    assertThat(heard.subList(0, 4))
        .containsExactly(
            new StatusChanged(1, TIME, Status.RUNNING),
            new AttemptStarted(2, TIME, 1, "w"),
            new Logged(3, TIME, "INFO", "stdout", "hi"),
            new Progressed(4, TIME, 0.5, "half"));
    assertThat(heard.get(4))
        .isInstanceOfSatisfying(
            AttemptEnded.class,
            ended -> assertThat(ended.failure().orElseThrow().code()).isEqualTo("TIMEOUT"));
    assertThat(heard.subList(5, 7)).allMatch(Other.class::isInstance);
    assertThat(heard.getLast()).isEqualTo(new Ended(8, TIME, Status.FAILED));
    assertThat(service.last().headers()).containsEntry("Accept", "text/event-stream");
    assertThat(service.last().headers()).doesNotContainKey("Last-event-id");
  }

  @Test
  void aBrokenConnectionIsResumedAfterTheLastWholeEvent() {
    service.brokenEvents(log(1), log(2), log(3)).events(log(2), log(3), end(4));

    follow(0, PATIENCE);

    assertThat(numbers()).containsExactly(1L, 2L, 3L, 4L);
    assertThat(service.last().headers()).containsEntry("Last-event-id", "2");
  }

  @Test
  void aStreamThatEndsWithoutTheEndIsResumed() {
    service.events(log(1)).events().events(end(2));

    follow(0, PATIENCE);

    assertThat(numbers()).containsExactly(1L, 2L);
    assertThat(service.asked()).hasSize(3);
  }

  @Test
  void aHoleIsNotBelieved() {
    service.events(log(1), log(3)).events(log(2), log(3), end(4));

    follow(0, PATIENCE);

    assertThat(numbers()).containsExactly(1L, 2L, 3L, 4L);
  }

  @Test
  void whatIsNoEventIsAskedForAgain() {
    service.events("1|log|no json").events("x|log|{}").events(log(1), end(2));

    follow(0, PATIENCE);

    assertThat(numbers()).containsExactly(1L, 2L);
  }

  @Test
  void whatIsKnownIsNotAskedFor() {
    service.events(end(6));

    follow(5, PATIENCE);

    assertThat(service.last().headers()).containsEntry("Last-event-id", "5");
  }

  @Test
  void lateLinesAfterTheEndAreHeard() {
    service.events(end(1), log(2));

    follow(0, PATIENCE);

    assertThat(numbers()).containsExactly(1L, 2L);
  }

  @Test
  void nothingIsLeftToHearOfAnExecutionThatIsOver() {
    service.reply(new StandInService.Reply(204, "text/event-stream", "", true));

    follow(9, PATIENCE);

    assertThat(heard).isEmpty();
  }

  @Test
  void aServiceThatIsNotReadyIsWaitedFor() {
    service.problem(503, "UNAVAILABLE", "starting").events(log(1), end(2));

    follow(0, PATIENCE);

    assertThat(numbers()).containsExactly(1L, 2L);
  }

  @Test
  void aServiceThatIsAwayIsToldOnce() {
    service.events(log(1));
    for (int i = 0; i < 3; i++) {
      service.problem(503, "UNAVAILABLE", "starting");
    }
    service.events(end(2));
    List<String> told = new ArrayList<>();
    Follower follower =
        new Follower() {
          @Override
          public void hear(Event event) {
            told.add("event " + event.seq());
          }

          @Override
          public void away(UnreachableException reason) {
            told.add("away");
          }
        };

    try (TaskwrightClient client = service.client()) {
      client.executions().follow(ID, 0, PATIENCE, follower);
    }

    assertThat(told).containsExactly("event 1", "away", "event 2");
  }

  @Test
  void patienceEnds() {
    service.events(log(1));
    for (int i = 0; i < 20; i++) {
      service.problem(503, "UNAVAILABLE", "starting");
    }

    assertThatExceptionOfType(UnreachableException.class)
        .isThrownBy(() -> follow(0, Duration.ofMillis(300)))
        .withMessageContaining("starting");
    assertThat(numbers()).containsExactly(1L);
  }

  @Test
  void aRefusalIsNotAskedAgain() {
    service.problem(404, "NOT_FOUND", "there is no such execution");

    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> follow(0, PATIENCE))
        .satisfies(e -> assertThat(e.problem().code()).isEqualTo("NOT_FOUND"));
    assertThat(service.asked()).hasSize(1);
  }

  @Test
  void anInterruptEndsTheWaiting() throws InterruptedException {
    List<Optional<RuntimeException>> thrown = new ArrayList<>();
    Thread thread =
        Thread.ofPlatform()
            .start(() -> {
              try {
                follow(0, Duration.ofMinutes(1));
                thrown.add(Optional.empty());
              } catch (RuntimeException e) {
                thrown.add(Optional.of(e));
              }
            });
    service.close();
    thread.interrupt();
    thread.join(Duration.ofSeconds(10));

    assertThat(thrown)
        .singleElement()
        .extracting(Optional::orElseThrow)
        .isInstanceOf(UnreachableException.class);
  }
}
