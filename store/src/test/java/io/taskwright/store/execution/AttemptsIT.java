package io.taskwright.store.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.model.ExecutionId;
import io.taskwright.model.definition.RetryPolicy;
import io.taskwright.model.execution.Failure;
import io.taskwright.model.execution.FailureCode;
import io.taskwright.model.execution.Outcome;
import io.taskwright.model.execution.Status;
import io.taskwright.store.execution.Attempts.End;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AttemptsIT extends StoredExecutions {
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
}
