package io.taskwright.model.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.model.definition.Code;
import io.taskwright.model.definition.ResourceRequirements;
import io.taskwright.model.definition.SecurityContext;
import io.taskwright.model.definition.SecurityLevel;
import io.taskwright.model.definition.TaskRuntime;
import io.taskwright.model.definition.Work;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExecutionValuesTest {
  private static Work.Automated work(TaskRuntime runtime, SecurityLevel level) {
    return new Work.Automated(
        runtime,
        new Code.Source("x"),
        new SecurityContext(level),
        ResourceRequirements.DEFAULT,
        Map.of());
  }

  @Test
  void everyStatusIsReachedAndEveryWayEnds() {
    Set<Status> seen = EnumSet.of(Status.RECEIVED);
    Deque<Status> open = new ArrayDeque<>(seen);
    while (!open.isEmpty()) {
      for (Status next : open.remove().next()) {
        if (seen.add(next)) {
          open.add(next);
        }
      }
    }
    assertThat(seen).containsExactlyInAnyOrder(Status.values());
    for (Status status : Status.values()) {
      assertThat(status.next().isEmpty()).isEqualTo(status.ended());
      assertThat(status.mayBecome(status)).isFalse();
    }
  }

  @Test
  void onlyWhatIsNotRunYetCanBeRejected() {
    for (Status status : Status.values()) {
      assertThat(status.mayBecome(Status.REJECTED)).isEqualTo(status == Status.PREPARING);
    }
  }

  @Test
  void everythingUnderWayCanFailAndBeCancelled() {
    for (Status status : Status.values()) {
      assertThat(status.mayBecome(Status.CANCELLED)).isNotEqualTo(status.ended());
      assertThat(status.mayBecome(Status.FAILED)).isNotEqualTo(status.ended());
    }
  }

  @Test
  void outcomesKnowTheirStatus() {
    List<Outcome> outcomes =
        List.of(
            new Outcome.Completed(),
            new Outcome.Rejected(List.of()),
            new Outcome.Failed(Failure.of(FailureCode.INTERNAL, "x")),
            new Outcome.Cancelled(new Actor(Actor.Kind.KEY, "ada"), "y"));
    assertThat(outcomes)
        .extracting(Outcome::status)
        .containsExactly(Status.COMPLETED, Status.REJECTED, Status.FAILED, Status.CANCELLED);
  }

  @Test
  void actorsSayWhatTheyAre() {
    assertThat(new Actor(Actor.Kind.KEY, "ada")).hasToString("key ada");
    assertThat(new Actor(Actor.Kind.OPERATOR, "of Temporal")).hasToString("operator of Temporal");
    assertThat(new Actor(Actor.Kind.SERVICE, "reconciler")).hasToString("reconciler");
  }

  @Test
  void everyFailureHasACategory() {
    for (FailureCode code : FailureCode.values()) {
      assertThat(code.category()).isNotNull();
    }
  }

  @Test
  void highSecurityGoesIntoASandboxOfTheOperatingSystem() {
    for (TaskRuntime runtime : TaskRuntime.values()) {
      assertThat(Routing.route(work(runtime, SecurityLevel.HIGH)).method())
          .isEqualTo(Method.CONTAINER);
    }
  }

  @Test
  void onlyJavascriptRunsInProcess() {
    for (TaskRuntime runtime : TaskRuntime.values()) {
      Route route = Routing.route(work(runtime, SecurityLevel.LOW));
      assertThat(route.method() == Method.IN_PROCESS).isEqualTo(runtime == TaskRuntime.JAVASCRIPT);
      assertThat(route.reason()).contains(runtime.word());
      assertThat(route.pool())
          .isEqualTo(
              runtime == TaskRuntime.JAVASCRIPT ? Routing.IN_PROCESS_POOL : Routing.DEFAULT_POOL);
    }
  }
}
