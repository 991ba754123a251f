package io.taskwright.store.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.model.ExecutionId;
import io.taskwright.model.Project;
import io.taskwright.model.definition.RetryPolicy;
import io.taskwright.model.execution.Actor;
import io.taskwright.model.execution.Failure;
import io.taskwright.model.execution.FailureCode;
import io.taskwright.model.execution.Outcome;
import io.taskwright.model.execution.Status;
import io.taskwright.store.execution.Commands.Order;
import io.taskwright.store.execution.Commands.Reply;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class CommandsIT extends StoredExecutions {
  private static final Outcome LOST =
      new Outcome.Failed(Failure.of(FailureCode.WORKER_LOST, "gone"));

  @Autowired Outbox outbox;

  private static Order order(ExecutionId id) {
    return new Order(MINE, id, ADA, "why");
  }

  private static Attempts.End output(String json) {
    return new Attempts.End(json, null, null, "here");
  }

  private List<Outbox.Kind> letters(ExecutionId id) {
    return outbox.take(1000, Duration.ofMillis(1)).stream()
        .filter(letter -> letter.execution().equals(id))
        .map(Outbox.Letter::kind)
        .toList();
  }

  private List<String> types(ExecutionId id) {
    return events.after(id, 0, 100).stream().map(event -> event.type()).toList();
  }

  @Test
  void holdsWhatNobodyClaimed() {
    ExecutionId id = accepted("hold");
    assertThat(commands.pause(order(id))).isEqualTo(new Reply.Done(Status.PAUSED));
    assertThat(commands.pause(order(id))).isEqualTo(new Reply.Done(Status.PAUSED));
    assertThat(claim("hold", 9)).isEmpty();
    assertThat(view(id).pause()).contains("key ada", "why", "RECEIVED");
    assertThat(view(id).waitingFor()).isEqualTo("resume; paused by key ada");

    assertThat(commands.resume(order(id))).isEqualTo(new Reply.Done(Status.RECEIVED));
    assertThat(commands.resume(order(id))).isEqualTo(new Reply.NotPaused(Status.RECEIVED));
    assertThat(view(id).pause()).isNull();
    assertThat(view(id).waitingFor()).isEqualTo("no live executor in pool 'hold'");
    assertThat(claim("hold", 9)).containsExactly(id);
    assertThat(letters(id)).isEmpty();
    assertThat(types(id))
        .containsExactly("status", "pause", "status", "resume", "status", "status");
  }

  @Test
  void stopsTheClocksOfWhatIsHeld() {
    ExecutionId id = accepted("clocks");
    OffsetDateTime before = startBy(id);
    commands.pause(order(id));
    jdbc.sql(
            "update execution set pause = cast(jsonb_set(cast(pause as jsonb), '{at}',"
                + " to_jsonb(now() - interval '1 hour')) as json),"
                + " due_at = due_at - interval '1 day' where id = ?")
        .param(id.value())
        .update();
    commands.resume(order(id));
    assertThat(Duration.between(before, startBy(id)))
        .isBetween(Duration.ofMinutes(60), Duration.ofMinutes(61));
    Instant dueAt = admissions.find(id).orElseThrow().dueAt();
    assertThat(Duration.between(view(id).dueAt(), dueAt))
        .isBetween(Duration.ofMinutes(60), Duration.ofMinutes(61));
  }

  @Test
  void countsNoPauseBeforeTheStartTime() {
    ExecutionId id = accepted("early");
    jdbc.sql("update execution set due_at = now() + interval '1 hour' where id = ?")
        .param(id.value())
        .update();
    OffsetDateTime before = startBy(id);
    commands.pause(order(id));
    commands.resume(order(id));
    assertThat(startBy(id)).isEqualTo(before);
  }

  private OffsetDateTime startBy(ExecutionId id) {
    return jdbc.sql("select start_by from execution where id = ?")
        .param(id.value())
        .query(OffsetDateTime.class)
        .single();
  }

  @Test
  void opensNoAttemptOfWhatIsHeld() {
    ExecutionId id = running("no-attempt");
    commands.pause(order(id));
    assertThat(attempts.open(ExecutionToken.fresh(id), NEVER, RESOURCES, "w1"))
        .isEqualTo(new Opening.Held());
    assertThat(commands.resume(order(id))).isEqualTo(new Reply.Done(Status.PREPARING));
    assertThat(letters(id)).containsExactly(Outbox.Kind.RESUME);
    open(id, NEVER);
    assertThat(view(id).status()).isEqualTo(Status.RUNNING);
  }

  @Test
  void letsAnAttemptGoOnAndHoldsTheEnd() {
    ExecutionId id = running("go-on");
    Attempts.Open attempt = open(id, NEVER);
    commands.pause(order(id));
    assertThat(attempts.report(attempt, 1, List.of(line("still there")))).isTrue();
    assertThat(attempts.end(attempt, 2, List.of(), output("7"))).isTrue();
    assertThat(conclusions.complete(id)).isFalse();
    assertThat(conclusions.conclude(id, closing -> new Outcome.Completed()))
        .contains(Status.PAUSED);
    assertThat(conclusions.conclude(id, closing -> LOST)).contains(Status.PAUSED);
    assertThat(commands.resume(order(id))).isEqualTo(new Reply.Done(Status.RUNNING));
    assertThat(conclusions.complete(id)).isTrue();
    assertThat(view(id).output()).isEqualTo("7");
  }

  @Test
  void givesTheSlotBackInALongWait() {
    RetryPolicy patient =
        new RetryPolicy(
            2, Duration.ofHours(1), 1, Duration.ofHours(1), Set.of(FailureCode.CODE_ERROR));
    ExecutionId id = running("wait");
    Attempts.Open attempt = open(id, patient);
    attempts.waitForNext(attempt, FailureCode.CODE_ERROR, patient);
    assertThat(view(id).status()).as("an attempt is open").isEqualTo(Status.RUNNING);
    attempts.end(
        attempt,
        1,
        List.of(),
        new Attempts.End(null, Failure.of(FailureCode.CODE_ERROR, "no"), null, "here"));
    attempts.waitForNext(attempt, FailureCode.CODE_ERROR, RetryPolicy.DEFAULT);
    assertThat(view(id).status()).as("no other attempt follows").isEqualTo(Status.RUNNING);
    attempts.waitForNext(attempt, FailureCode.CODE_ERROR, patient);
    assertThat(view(id).status()).isEqualTo(Status.WAITING);
    assertThat(view(id).waitingFor()).isEqualTo("attempt 2, PT1H after the one before");
    assertThat(claim("wait", 1)).isEmpty();
    ExecutionId next = accepted("wait");
    assertThat(claim("wait", 1)).containsExactly(next);

    commands.pause(order(id));
    assertThat(commands.resume(order(id))).isEqualTo(new Reply.Done(Status.WAITING));
    assertThat(view(id).waitingFor()).isEqualTo("its next attempt");
    open(id, patient);
    assertThat(view(id).status()).isEqualTo(Status.RUNNING);
    assertThat(view(id).waitingFor()).isNull();
  }

  @Test
  void cancelsAtOnceWhatWaitsForItsNextAttempt() {
    ExecutionId id = running("idle");
    jdbc.sql("update execution set status = 'WAITING' where id = ?").param(id.value()).update();
    assertThat(commands.cancel(order(id))).isEqualTo(new Reply.Done(Status.CANCELLED));
    assertThat(letters(id)).containsExactly(Outbox.Kind.TERMINATE);

    ExecutionId held = running("idle");
    jdbc.sql("update execution set status = 'WAITING' where id = ?").param(held.value()).update();
    commands.pause(order(held));
    assertThat(commands.cancel(order(held))).isEqualTo(new Reply.Done(Status.CANCELLED));
    assertThat(letters(held)).containsExactly(Outbox.Kind.TERMINATE);
  }

  @Test
  void endsWhatIsHeldIfSomebodyAsksForIt() {
    ExecutionId waiting = accepted("held-end");
    commands.pause(order(waiting));
    assertThat(commands.cancel(order(waiting))).isEqualTo(new Reply.Done(Status.CANCELLED));
    assertThat(view(waiting).pause()).isNull();

    ExecutionId id = running("held-end-2");
    commands.pause(order(id));
    assertThat(commands.cancel(order(id))).isEqualTo(new Reply.Done(Status.PAUSED));
    assertThat(letters(id)).containsExactly(Outbox.Kind.CANCEL);
    assertThat(
            conclusions.conclude(
                id, closing -> new Outcome.Cancelled(ADA, closing.cancel().orElseThrow().reason())))
        .contains(Status.CANCELLED);
  }

  @Test
  void terminatesAtOnceAndFencesTheAttemptOff() {
    ExecutionId id = running("terminate");
    Attempts.Open attempt = open(id, NEVER);
    assertThat(commands.terminate(order(id))).isEqualTo(new Reply.Done(Status.CANCELLED));
    assertThat(commands.terminate(order(id))).isEqualTo(new Reply.Ended(Status.CANCELLED));
    assertThat(letters(id)).containsExactly(Outbox.Kind.TERMINATE);
    assertThat(attempts.report(attempt, 1, List.of(line("too late")))).isFalse();
    assertThat(attempts.end(attempt, 2, List.of(), output("7"))).isFalse();
    assertThat(conclusions.complete(id)).isFalse();
    assertThat(view(id).output()).isNull();
    assertThat(view(id).cancel()).contains("key ada", "why");
    assertThat(types(id)).endsWith("attempt", "terminate", "end");

    ExecutionId waiting = accepted("terminate-2");
    assertThat(commands.terminate(order(waiting))).isEqualTo(new Reply.Done(Status.CANCELLED));
    assertThat(letters(waiting)).isEmpty();
  }

  @Test
  void givesAnOutputInPlaceOfTheWork() {
    ExecutionId id = running("skip");
    jdbc.sql("update execution set cache_key = sha256('x'), cache_ttl = '1 hour' where id = ?")
        .param(id.value())
        .update();
    Attempts.Open attempt = open(id, NEVER);
    assertThat(commands.skip(order(id), "[1.50]")).isEqualTo(new Reply.Done(Status.COMPLETED));
    assertThat(view(id).output()).isEqualTo("[1.50]");
    assertThat(view(id).skip()).contains("key ada", "why");
    assertThat(letters(id)).containsExactly(Outbox.Kind.TERMINATE);
    assertThat(attempts.end(attempt, 2, List.of(), output("7"))).isFalse();
    assertThat(commands.skip(order(id), "2")).isEqualTo(new Reply.Ended(Status.COMPLETED));
    assertThat(
            jdbc.sql("select count(*) from known_result where execution_id = ?")
                .param(id.value())
                .query(Long.class)
                .single())
        .isZero();
  }

  @Test
  void changesThePlaceAmongThoseThatWait() {
    ExecutionId first = accepted("reordered");
    ExecutionId second = accepted("reordered");
    assertThat(commands.prioritize(order(second), 1)).isEqualTo(new Reply.Done(Status.RECEIVED));
    assertThat(claim("reordered", 1)).containsExactly(second);
    assertThat(claim("reordered", 2)).containsExactly(first);
    assertThat(commands.prioritize(order(first), 2)).isEqualTo(new Reply.Done(Status.PREPARING));
    assertThat(view(first).priority()).isEqualTo(2);
  }

  @Test
  void isDeafToOtherProjects() {
    ExecutionId id = accepted("deaf");
    Order theirs = new Order(new Project("other"), id, new Actor(Actor.Kind.KEY, "eve"), "because");
    assertThat(
            List.of(
                commands.cancel(theirs),
                commands.terminate(theirs),
                commands.pause(theirs),
                commands.resume(theirs),
                commands.skip(theirs, "1"),
                commands.prioritize(theirs, 1)))
        .containsOnly(new Reply.Absent());
    assertThat(types(id)).containsExactly("status");
  }
}
