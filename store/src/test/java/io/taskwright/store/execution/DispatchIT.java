package io.taskwright.store.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.model.ExecutionId;
import io.taskwright.model.Project;
import io.taskwright.model.execution.CacheUse;
import io.taskwright.model.execution.Origin;
import io.taskwright.model.execution.Status;
import io.taskwright.model.protocol.WorkerBeat;
import io.taskwright.store.Ids;
import io.taskwright.store.pool.PoolView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    assertThat(dispatch.reclaim(1, Duration.ofSeconds(30))).isEmpty();
    dispatch.postpone(id, Duration.ZERO, "Temporal does not answer");
    assertThat(view(id).waitingFor()).isEqualTo("Temporal does not answer");
    assertThat(dispatch.reclaim(1, Duration.ofSeconds(30)))
        .extracting(Dispatch.Claim::id)
        .containsExactly(id);
    admissions.admit(ExecutionToken.fresh(id), ROUTE);
    assertThat(view(id).waitingFor()).isEqualTo("no live executor in pool 'default'");
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
            Origin.start(ADA),
            Instant.now().plusSeconds(3600),
            Duration.ofHours(1),
            null,
            false,
            List.of(),
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

  private void heard(String pool, String id, int slots, boolean draining) {
    workers.heard(
        Project.DEFAULT,
        id,
        new WorkerBeat(
            pool, "host", "1", slots, 0, draining, List.of("python"), List.of(), Instant.now()));
  }

  private List<ExecutionId> claimed(int most) {
    return dispatch.claim(Map.of(), most, Duration.ofSeconds(30)).stream()
        .map(Dispatch.Claim::id)
        .toList();
  }

  @Test
  void claimsForAPoolAsManyAsItsLiveExecutorsHaveSlots() {
    ExecutionId first = accepted("served");
    ExecutionId second = accepted("served");
    ExecutionId third = accepted("served");
    assertThat(claimed(10)).isEmpty();
    assertThat(view(first).waitingFor()).isEqualTo("no live executor in pool 'served'");
    heard("served", "a", 1, false);
    heard("served", "b", 5, true);
    assertThat(view(first).waitingFor()).isNull();
    assertThat(claimed(10)).containsExactly(first);
    heard("served", "b", 5, false);
    assertThat(claimed(2)).containsExactly(second);
    jdbc.sql("update executor_worker set seen_at = now() - interval '11 seconds'").update();
    assertThat(claimed(10)).isEmpty();
    assertThat(pools.find(MINE, "served").orElseThrow())
        .returns(0, PoolView::slots)
        .returns(2L, PoolView::running)
        .returns(1L, PoolView::waiting);
    workers.forget(Duration.ofSeconds(10));
    heard("served", "c", 3, false);
    assertThat(claimed(10)).containsExactly(third);
    workers.left(MINE, "c");
  }

  @Test
  void showsPoolsWithTheirWorkersAndTheirQueues() {
    ExecutionId waiting = accepted("nobodys");
    heard("shown", "x", 4, false);
    assertThat(pools.find(MINE, "shown").orElseThrow())
        .returns(4, PoolView::slots)
        .returns(0, PoolView::used)
        .returns(List.of("python"), PoolView::runtimes);
    assertThat(pools.find(MINE, "nobodys").orElseThrow())
        .returns(List.of(), PoolView::workers)
        .returns(1L, PoolView::waiting)
        .returns(view(waiting).acceptedAt(), PoolView::oldest);
    assertThat(pools.find(new Project("another"), "nobodys")).isEmpty();
    workers.left(MINE, "x");
  }
}
