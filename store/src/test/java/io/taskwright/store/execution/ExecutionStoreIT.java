package io.taskwright.store.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwright.model.ExecutionId;
import io.taskwright.model.Project;
import io.taskwright.model.TaskId;
import io.taskwright.model.Violation;
import io.taskwright.model.definition.RetryPolicy;
import io.taskwright.model.execution.Failure;
import io.taskwright.model.execution.FailureCode;
import io.taskwright.model.execution.Outcome;
import io.taskwright.model.execution.Status;
import io.taskwright.store.Ids;
import io.taskwright.store.Notices;
import io.taskwright.store.execution.Attempts.End;
import io.taskwright.store.execution.Conclusions.CancelResult;
import io.taskwright.store.execution.Intake.Acceptance;
import io.taskwright.store.execution.NewExecution.StartKey;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ExecutionStoreIT extends StoreScene {
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
  void acceptsOneOfAHundredStartsWithTheSameKey() throws Exception {
    TaskId task = new TaskId(Ids.next());
    Set<ExecutionId> ids;
    try (ExecutorService threads = Executors.newFixedThreadPool(20)) {
      ids =
          threads
              .invokeAll(
                  IntStream.range(0, 100)
                      .<Callable<ExecutionId>>mapToObj(
                          i -> () -> id(intake.accept(keyed(task, "same", (byte) 1))))
                      .toList())
              .stream()
              .map(Future::resultNow)
              .collect(Collectors.toSet());
    }
    assertThat(ids).hasSize(1);
    assertThat(
            jdbc.sql("select count(*) from execution where task_id = ?")
                .param(task.value())
                .query(Integer.class)
                .single())
        .isEqualTo(1);
    assertThat(intake.accept(keyed(task, "same", (byte) 2)))
        .isInstanceOf(Acceptance.Conflict.class);
    assertThat(intake.accept(keyed(task, "another", (byte) 2)))
        .isInstanceOf(Acceptance.Accepted.class);
  }

  private static NewExecution keyed(TaskId task, String key, byte print) {
    NewExecution some = execution("keyed", 3, new StartKey(key, new byte[] {print}));
    return new NewExecution(
        some.id(),
        MINE,
        task,
        "t",
        1,
        "keyed",
        3,
        "{}",
        Map.of(),
        ADA,
        null,
        Duration.ofHours(1),
        some.key(),
        false);
  }

  private static ExecutionId id(Acceptance acceptance) {
    return switch (acceptance) {
      case Acceptance.Accepted(ExecutionId id) -> id;
      case Acceptance.Repeated(ExecutionId id) -> id;
      case Acceptance.Conflict() -> throw new AssertionError("conflict");
    };
  }

  @Test
  void claimsByPriorityThenAgeAndEachOnce() {
    List<ExecutionId> ids = new ArrayList<>();
    for (int priority : new int[] {5, 1, 3, 1}) {
      NewExecution execution = execution("order", priority, null);
      intake.accept(execution);
      ids.add(execution.id());
    }
    assertThat(claim("order", 3)).containsExactly(ids.get(1), ids.get(3), ids.get(2));
    assertThat(claim("order", 3)).isEmpty();
    assertThat(claim("order", 4)).containsExactly(ids.get(0));
  }

  @Test
  void givesAClaimToAnotherOnceItsLeaseIsOver() {
    ExecutionId id = accepted("lease");
    claim("lease", 1);
    assertThat(dispatch.reclaim(Set.of("lease"), 1, Duration.ofSeconds(30))).isEmpty();
    dispatch.postpone(id, Duration.ZERO, "Temporal does not answer");
    assertThat(view(id).waitingFor()).isEqualTo("Temporal does not answer");
    assertThat(dispatch.reclaim(Set.of("lease"), 1, Duration.ofSeconds(30)))
        .extracting(Dispatch.Claim::id)
        .containsExactly(id);
    admissions.admit(ExecutionToken.fresh(id), ROUTE);
    assertThat(view(id).waitingFor()).isNull();
  }

  @Test
  void holdsBackWhatIsToStartLater() {
    NewExecution now = execution("later", 3, null);
    NewExecution later =
        new NewExecution(
            new ExecutionId(Ids.next()),
            MINE,
            now.task(),
            "t",
            1,
            "later",
            3,
            "{}",
            Map.of(),
            ADA,
            Instant.now().plusSeconds(3600),
            Duration.ofHours(1),
            null,
            false);
    intake.accept(later);
    assertThat(dispatch.promoteDue()).isZero();
    assertThat(claim("later", 1)).isEmpty();
    jdbc.sql("update execution set due_at = now() where id = ?").param(later.id().value()).update();
    assertThat(dispatch.promoteDue()).isEqualTo(1);
    assertThat(claim("later", 1)).hasSize(1);
  }

  @Test
  void runsFromAcceptanceToItsOutput() {
    ExecutionId id = running("whole");
    Attempts.Open attempt = open(id, RetryPolicy.DEFAULT);
    assertThat(
            attempts.report(
                attempt, 1, List.of(line("one"), Fact.progress(Instant.now(), 0.5, "half"))))
        .isTrue();
    assertThat(attempts.report(attempt, 1, List.of(line("one again")))).isTrue();
    assertThat(
            attempts.end(attempt, 2, List.of(line("two")), new End("{\"ok\":1}", null, null, "e")))
        .isTrue();
    assertThat(attempts.end(attempt, 2, List.of(), new End("{\"ok\":2}", null, null, "e")))
        .isFalse();
    assertThat(attempts.report(attempt, 3, List.of(line("late")))).isFalse();
    assertThat(conclusions.conclude(id, closing -> new Outcome.Completed()))
        .contains(Status.COMPLETED);
    assertThat(conclusions.conclude(id, closing -> new Outcome.Cancelled(ADA, "late")))
        .contains(Status.COMPLETED);
    ExecutionView view = view(id);
    assertThat(view.output()).isEqualTo("{\"ok\":1}");
    assertThat(view.progress()).contains("0.5").contains("half");
    assertThat(events.after(id, 0, 100))
        .extracting(Events.Event::type)
        .containsExactly(
            "status",
            "status",
            "route",
            "status",
            "attempt",
            "log",
            "progress",
            "log",
            "attempt",
            "end");
    ExecutionId next = accepted("whole"); // the slot is free
    assertThat(claim("whole", 1)).containsExactly(next);
  }

  @Test
  void fencesOffAnAttemptThatAnotherFollowed() {
    ExecutionId id = running("fence");
    Attempts.Open zombie = open(id, RetryPolicy.DEFAULT);
    Attempts.Open second = open(id, RetryPolicy.DEFAULT);
    assertThat(second.number()).isEqualTo(2);
    assertThat(attempts.end(zombie, 1, List.of(), new End("1", null, null, null))).isFalse();
    assertThat(attempts.end(second, 1, List.of(), new End("2", null, null, null))).isTrue();
    assertThat(executions.find(MINE, id).orElseThrow().attempts())
        .extracting(a -> a.failure() != null && a.failure().contains("WORKER_LOST"))
        .containsExactly(true, false);
    assertThat(attempts.open(ExecutionToken.fresh(id), RetryPolicy.DEFAULT, "w"))
        .isInstanceOf(Opening.Done.class);
  }

  @Test
  void givesTheSameAttemptToWhoAsksAgainWithTheSameToken() {
    ExecutionId id = running("again");
    ExecutionToken token = ExecutionToken.fresh(id);
    assertThat(attempts.open(token, NEVER, "w")).isEqualTo(new Opening.Opened(1));
    assertThat(attempts.open(token, NEVER, "w")).isEqualTo(new Opening.Opened(1));
  }

  @Test
  void opensNoSecondAttemptAgainstThePolicy() {
    ExecutionId id = running("never");
    open(id, NEVER);
    assertThat(attempts.open(ExecutionToken.fresh(id), NEVER, "w"))
        .isEqualTo(new Opening.Exhausted(FailureCode.WORKER_LOST));
    ExecutionId other = running("never");
    Attempts.Open failed = open(other, RetryPolicy.DEFAULT);
    attempts.end(
        failed,
        1,
        List.of(),
        new End(null, Failure.of(FailureCode.CODE_ERROR, "boom"), null, null));
    assertThat(attempts.open(ExecutionToken.fresh(other), RetryPolicy.DEFAULT, "w"))
        .isEqualTo(new Opening.Exhausted(FailureCode.CODE_ERROR));
  }

  @Test
  void endsTheOpenAttemptWithItsExecution() {
    ExecutionId id = running("abandon");
    open(id, NEVER);
    Failure lost = Failure.of(FailureCode.WORKER_LOST, "gone");
    conclusions.conclude(
        id,
        closing -> {
          assertThat(closing.last().orElseThrow().open()).isTrue();
          return new Outcome.Failed(lost);
        });
    assertThat(view(id).failure()).contains("WORKER_LOST").contains("\"attempt\":1");
    assertThat(executions.find(MINE, id).orElseThrow().attempts())
        .allMatch(attempt -> attempt.endedAt() != null);
  }

  @Test
  void cancelsAtOnceWhatNobodyClaimed() {
    ExecutionId id = accepted("cancel");
    assertThat(conclusions.cancel(MINE, id, ADA, "why")).isEqualTo(CancelResult.CANCELLED);
    assertThat(conclusions.cancel(MINE, id, ADA, "why")).isEqualTo(CancelResult.ENDED_BEFORE);
    assertThat(view(id).cancel()).contains("key ada").contains("why");
    assertThat(conclusions.cancel(new Project("other"), id, ADA, "why"))
        .isEqualTo(CancelResult.ABSENT);
    assertThat(claim("cancel", 1)).isEmpty();
  }

  @Test
  void tellsTemporalOfACancelOnce() {
    ExecutionId id = running("tell");
    assertThat(conclusions.cancel(MINE, id, ADA, "why")).isEqualTo(CancelResult.ASKED);
    assertThat(conclusions.cancel(MINE, id, ADA, "again")).isEqualTo(CancelResult.ASKED);
    List<Outbox.Letter> letters =
        outbox.take(100, Duration.ofSeconds(30)).stream()
            .filter(letter -> letter.execution().equals(id))
            .toList();
    assertThat(letters).hasSize(1);
    assertThat(outbox.take(100, Duration.ofSeconds(30))).isEmpty();
    outbox.postpone(letters.getFirst(), Duration.ZERO);
    assertThat(outbox.take(100, Duration.ofSeconds(30))).hasSize(1);
    outbox.remove(letters.getFirst());
    assertThat(attempts.open(ExecutionToken.fresh(id), RetryPolicy.DEFAULT, "w"))
        .isInstanceOf(Opening.Over.class);
  }

  @Test
  void wakesWhoWatches() throws Exception {
    ExecutionId id = accepted("watch");
    CountDownLatch woken = new CountDownLatch(1);
    Notices.Subscription ear =
        notices.on(
            Notices.Channel.EXECUTION,
            payload -> {
              if (payload.equals(id.toString())) {
                woken.countDown();
              }
            });
    executions.watch(MINE, id, Duration.ofSeconds(60));
    events.add(MINE, id, line("x"));
    assertThat(woken.await(10, TimeUnit.SECONDS)).isTrue();
    ear.close();
  }

  @Test
  void wakesWhoWaitsForTheEndByTheEndAlone() throws Exception {
    ExecutionId id = accepted("await");
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    Notices.Subscription ear = notices.on(Notices.Channel.EXECUTION, heard::add);
    executions.awaitEnd(MINE, id, Duration.ofSeconds(60));
    events.add(MINE, id, line("x"));
    jdbc.sql("select pg_notify('execution', 'between')").query((row, n) -> 1).list();
    conclusions.cancel(MINE, id, ADA, "why");
    List<String> inOrder = new ArrayList<>();
    while (!inOrder.contains(id.toString())) {
      inOrder.add(Objects.requireNonNull(heard.poll(10, TimeUnit.SECONDS)));
    }
    assertThat(inOrder).endsWith("between", id.toString());
    ear.close();
  }

  @Test
  void listsByEachFilter() {
    NewExecution one = execution("list", 3, null);
    intake.accept(one);
    Executions.Filter all =
        new Executions.Filter(one.task(), null, Map.of("team", "blue"), null, null, "some", null);
    assertThat(executions.page(MINE, all, 10))
        .extracting(ExecutionView::id)
        .containsExactly(one.id());
    assertThat(
            executions.page(
                MINE,
                new Executions.Filter(
                    one.task(),
                    Status.RECEIVED,
                    Map.of(),
                    Instant.now().minusSeconds(60),
                    Instant.now().plusSeconds(60),
                    one.id().toString(),
                    new ExecutionId(Ids.next())),
                10))
        .hasSize(1);
    for (Map<String, String> labels : List.of(Map.of("team", "red"), Map.of("x", "y"))) {
      assertThat(
              executions.page(
                  MINE, new Executions.Filter(one.task(), null, labels, null, null, "", null), 10))
          .isEmpty();
    }
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
  void keepsTheViolationsOfARejectedExecution() {
    ExecutionId id = accepted("reject");
    claim("reject", 1);
    admissions.reject(
        id,
        FailureCode.INPUT_INVALID,
        "the input is wrong",
        List.of(new Violation("/a", "type", "must be a string")));
    assertThat(view(id).status()).isEqualTo(Status.REJECTED);
    assertThat(view(id).failure()).contains("/a").contains("INPUT_INVALID");
    assertThat(attempts.open(ExecutionToken.fresh(id), RetryPolicy.DEFAULT, "w"))
        .isInstanceOf(Opening.Over.class);
  }

  @Test
  void opensAnAttemptOnlyForItsGrant() {
    ExecutionId id = accepted("grant");
    claim("grant", 1);
    ExecutionToken grant = ExecutionToken.fresh(id);
    admissions.admit(grant, ROUTE);
    assertThat(admissions.granted(grant)).isPresent();
    assertThat(admissions.granted(ExecutionToken.fresh(id))).isEmpty();
  }

  @Test
  void failsWhatWaitedTooLong() {
    ExecutionId id = accepted("late");
    assertThat(dispatch.expire(10)).isZero();
    jdbc.sql("update execution set start_by = now() where id = ?").param(id.value()).update();
    assertThat(dispatch.expire(10)).isEqualTo(1);
    assertThat(view(id).status()).isEqualTo(Status.FAILED);
    assertThat(view(id).failure()).contains("TIMEOUT");
    assertThat(events.after(id, 0, 10))
        .extracting(Events.Event::type)
        .containsExactly("status", "end");
  }
}
