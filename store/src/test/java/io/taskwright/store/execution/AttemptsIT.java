package io.taskwright.store.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.model.ByteSize;
import io.taskwright.model.ExecutionId;
import io.taskwright.model.definition.ResourceRequirements;
import io.taskwright.model.definition.RetryPolicy;
import io.taskwright.model.execution.Failure;
import io.taskwright.model.execution.FailureCode;
import io.taskwright.model.execution.Outcome;
import io.taskwright.model.execution.Status;
import io.taskwright.store.execution.Attempts.End;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

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
    assertThat(attempts.open(ExecutionToken.fresh(id), RetryPolicy.DEFAULT, RESOURCES, "w"))
        .isInstanceOf(Opening.Done.class);
  }

  @Test
  void givesTheSameAttemptToWhoAsksAgainWithTheSameToken() {
    ExecutionId id = running("again");
    ExecutionToken token = ExecutionToken.fresh(id);
    assertThat(attempts.open(token, NEVER, RESOURCES, "w")).isEqualTo(FIRST);
    assertThat(attempts.open(token, NEVER, RESOURCES, "w")).isEqualTo(FIRST);
  }

  @Test
  void givesMoreMemoryAfterAnAttemptThatHadTooLittleUpToTheMost() {
    ResourceRequirements growing = growing(ByteSize.ofMebibytes(64), ByteSize.ofMebibytes(200));
    RetryPolicy often =
        new RetryPolicy(9, Duration.ZERO, 1, Duration.ZERO, RetryPolicy.DEFAULT.retryableErrors());
    ExecutionId id = running("growing");
    for (Failure failure :
        List.of(
            exhausted("disk"),
            exhausted("memory"),
            Failure.of(FailureCode.ENVIRONMENT, "the host was away"),
            exhausted("memory"),
            exhausted("memory"))) {
      fail(id, often, growing, failure);
    }
    ExecutionToken lost = ExecutionToken.fresh(id); // dies before it is told what to do
    assertThat(attempts.open(lost, often, growing, "w"))
        .isEqualTo(new Opening.Opened(6, ByteSize.ofMebibytes(200)));
    assertThat(attempts.open(lost, often, growing, "w"))
        .isEqualTo(new Opening.Opened(6, ByteSize.ofMebibytes(200)));
    fail(id, often, growing, exhausted("memory"));
    assertThat(executions.find(MINE, id).orElseThrow().attempts())
        .extracting(attempt -> Objects.requireNonNull(attempt.memory()).toString())
        .containsExactly("64Mi", "64Mi", "128Mi", "128Mi", "200Mi", "200Mi", "200Mi");
    assertThat(messages(id, "of memory"))
        .containsExactlyInAnyOrder(
            "attempt 3 gets 128Mi of memory: 64Mi were too little",
            "attempt 5 gets 200Mi of memory: 128Mi were too little");
  }

  @Test
  void countsAnAttemptOfAnEarlierVersionAsOneThatHadWhatTheDefinitionSays() {
    ResourceRequirements growing = growing(ByteSize.ofMebibytes(64), ByteSize.ofMebibytes(256));
    ExecutionId id = running("earlier");
    fail(id, RetryPolicy.DEFAULT, growing, exhausted("memory"));
    jdbc.sql("update attempt set memory = null where execution_id = ?").param(id.value()).update();
    assertThat(attempts.open(ExecutionToken.fresh(id), RetryPolicy.DEFAULT, growing, "w"))
        .isEqualTo(new Opening.Opened(2, ByteSize.ofMebibytes(128)));
  }

  private void fail(
      ExecutionId id, RetryPolicy policy, ResourceRequirements resources, Failure failure) {
    ExecutionToken token = ExecutionToken.fresh(id);
    assertThat(attempts.open(token, policy, resources, "w")).isInstanceOf(Opening.Opened.class);
    attempts.end(
        attempts.find(token).orElseThrow(), 1, List.of(), new End(null, failure, null, null));
  }

  private static Failure exhausted(String resource) {
    return new Failure(
        FailureCode.RESOURCE_EXHAUSTED,
        "too little",
        JsonNodeFactory.instance.objectNode().put("resource", resource).put("limit", "?"));
  }

  private static ResourceRequirements growing(ByteSize memory, ByteSize most) {
    return new ResourceRequirements(
        RESOURCES.cpu(), null, memory, RESOURCES.disk(), RESOURCES.timeout(), most, null);
  }

  @Test
  void opensNoSecondAttemptAgainstThePolicy() {
    ExecutionId id = running("never");
    open(id, NEVER);
    assertThat(attempts.open(ExecutionToken.fresh(id), NEVER, RESOURCES, "w"))
        .isEqualTo(new Opening.Exhausted(FailureCode.WORKER_LOST));
    ExecutionId other = running("never");
    Attempts.Open failed = open(other, RetryPolicy.DEFAULT);
    attempts.end(
        failed,
        1,
        List.of(),
        new End(null, Failure.of(FailureCode.CODE_ERROR, "boom"), null, null));
    assertThat(attempts.open(ExecutionToken.fresh(other), RetryPolicy.DEFAULT, RESOURCES, "w"))
        .isEqualTo(new Opening.Exhausted(FailureCode.CODE_ERROR));
  }
}
