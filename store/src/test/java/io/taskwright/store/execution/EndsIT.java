package io.taskwright.store.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.model.ExecutionId;
import io.taskwright.model.execution.Failure;
import io.taskwright.model.execution.FailureCode;
import io.taskwright.model.execution.Outcome;
import io.taskwright.model.execution.Status;
import io.taskwright.store.execution.Commands.Order;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionTemplate;

/** Whoever listens hears of each end once, and of none that did not come about. */
class EndsIT extends StoredExecutions {
  @Autowired TransactionTemplate transaction;
  @Autowired Listener listener;

  static class Listener {
    private final List<Status> heard = new CopyOnWriteArrayList<>();

    @TransactionalEventListener(fallbackExecution = true)
    void hear(EndsCommitted ends) {
      for (int i = 0; i < ends.count(); i++) {
        heard.add(ends.status());
      }
    }
  }

  @TestConfiguration
  static class Listening {
    @Bean
    Listener listener() {
      return new Listener();
    }
  }

  @BeforeEach
  void forget() {
    listener.heard.clear();
  }

  private static Order order(ExecutionId id) {
    return new Order(MINE, id, ADA, "x");
  }

  @Test
  void areHeardOfWhoeverBringsThemAbout() {
    ExecutionId worked = running("ends");
    attempts.end(open(worked, NEVER), 1, List.of(), new Attempts.End("1", null, null, "x"));
    assertThat(conclusions.complete(worked)).isTrue();
    assertThat(conclusions.complete(worked)).isFalse();
    ExecutionId failed = running("ends");
    Failure failure = Failure.of(FailureCode.INTERNAL, "x");
    conclusions.conclude(failed, closing -> new Outcome.Failed(failure));
    conclusions.conclude(failed, closing -> new Outcome.Failed(failure));
    admissions.reject(running("ends"), failure);
    commands.cancel(order(accepted("ends")));
    ExecutionId terminated = running("ends");
    commands.terminate(order(terminated));
    commands.terminate(order(terminated));
    commands.skip(order(running("ends")), "1");
    assertThat(listener.heard)
        .containsExactly(
            Status.COMPLETED,
            Status.FAILED,
            Status.REJECTED,
            Status.CANCELLED,
            Status.CANCELLED,
            Status.COMPLETED);
  }

  @Test
  void areHeardOfWhenTheirTimeIsOver() {
    ExecutionId late = accepted("ends");
    jdbc.sql("update execution set start_by = now() - interval '1 second' where id = ?")
        .param(late.value())
        .update();
    int count = dispatch.expire(100);
    assertThat(count).isPositive();
    assertThat(listener.heard).hasSize(count).containsOnly(Status.FAILED);
  }

  @Test
  void areNotHeardOfWhenTheirCommitFails() {
    ExecutionId id = running("ends");
    transaction.executeWithoutResult(status -> {
      commands.terminate(order(id));
      status.setRollbackOnly();
    });
    assertThat(listener.heard).isEmpty();
    assertThat(view(id).status().ended()).isFalse();
  }
}
