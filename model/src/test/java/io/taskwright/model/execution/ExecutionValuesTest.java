package io.taskwright.model.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwright.model.ExecutionId;
import io.taskwright.model.definition.ResultCache;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExecutionValuesTest {
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
  void aStartSaysByAWordWhatItWantsOfKnownResults() {
    for (CacheUse use : CacheUse.values()) {
      assertThat(CacheUse.of(use.word())).contains(use);
    }
    assertThat(CacheUse.of("USE")).isEmpty();
    assertThat(new ResultCache(ResultCache.LEAST, List.of("/a")).key()).containsExactly("/a");
  }

  @Test
  void everyFailureHasACategory() {
    for (FailureCode code : FailureCode.values()) {
      assertThat(code.category()).isNotNull();
    }
  }

  @Test
  void anIdIsReadOfItsTextOrRefused() {
    String text = "0198c5d0-7b1a-7c3d-8e4f-000000000001";
    assertThat(ExecutionId.of(text)).hasToString(text);
    assertThatThrownBy(() -> ExecutionId.of("e1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no execution id: e1");
  }
}
