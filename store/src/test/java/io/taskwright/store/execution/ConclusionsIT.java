package io.taskwright.store.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.model.ExecutionId;
import io.taskwright.model.Project;
import io.taskwright.model.definition.RetryPolicy;
import io.taskwright.model.execution.Failure;
import io.taskwright.model.execution.FailureCode;
import io.taskwright.model.execution.Outcome;
import io.taskwright.model.execution.Status;
import io.taskwright.store.execution.Commands.Order;
import io.taskwright.store.execution.Commands.Reply;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class ConclusionsIT extends StoredExecutions {
  @Autowired Outbox outbox;

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
    assertThat(commands.cancel(new Order(MINE, id, ADA, "why")))
        .isEqualTo(new Reply.Done(Status.CANCELLED));
    assertThat(commands.cancel(new Order(MINE, id, ADA, "why")))
        .isEqualTo(new Reply.Ended(Status.CANCELLED));
    assertThat(view(id).cancel()).contains("key ada").contains("why");
    assertThat(commands.cancel(new Order(new Project("other"), id, ADA, "why")))
        .isEqualTo(new Reply.Absent());
    assertThat(claim("cancel", 1)).isEmpty();
  }

  @Test
  void tellsTemporalOfACancelOnce() {
    ExecutionId id = running("tell");
    assertThat(commands.cancel(new Order(MINE, id, ADA, "why")))
        .isEqualTo(new Reply.Done(Status.PREPARING));
    assertThat(commands.cancel(new Order(MINE, id, ADA, "again")))
        .isEqualTo(new Reply.Done(Status.PREPARING));
    List<Outbox.Letter> letters =
        outbox.take(100, Duration.ofSeconds(30)).stream()
            .filter(letter -> letter.execution().equals(id))
            .toList();
    assertThat(letters).hasSize(1);
    assertThat(outbox.take(100, Duration.ofSeconds(30))).isEmpty();
    outbox.postpone(letters.getFirst(), Duration.ZERO);
    assertThat(outbox.take(100, Duration.ofSeconds(30))).hasSize(1);
    outbox.remove(letters.getFirst());
    assertThat(attempts.open(ExecutionToken.fresh(id), RetryPolicy.DEFAULT, RESOURCES, "w"))
        .isInstanceOf(Opening.Over.class);
  }
}
