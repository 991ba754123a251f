package io.taskwright.store.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.model.ExecutionId;
import io.taskwright.model.execution.CacheUse;
import io.taskwright.model.execution.Status;
import io.taskwright.store.Ids;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DispatchIT extends StoredExecutions {
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
            false,
            CacheUse.USE);
    intake.accept(later);
    assertThat(dispatch.promoteDue()).isZero();
    assertThat(claim("later", 1)).isEmpty();
    jdbc.sql("update execution set due_at = now() where id = ?").param(later.id().value()).update();
    assertThat(dispatch.promoteDue()).isEqualTo(1);
    assertThat(claim("later", 1)).hasSize(1);
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
