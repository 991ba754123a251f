package io.taskwright.model.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwright.model.BatchId;
import io.taskwright.model.execution.Status;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class OperationTest {
  private static final Set<Status> GOING =
      EnumSet.of(Status.RECEIVED, Status.PREPARING, Status.RUNNING, Status.WAITING, Status.PAUSED);

  @Test
  void operationsFitWhereThereIsSomethingToDo() {
    Operation rerun = new Operation.Rerun(new VersionChoice.Same(), Optional.empty());
    assertThat(rerun.fits()).isEqualTo(EnumSet.complementOf(EnumSet.copyOf(GOING)));
    assertThat(new Operation.Retry(new VersionChoice.Latest()).fits())
        .containsExactlyInAnyOrder(Status.FAILED, Status.CANCELLED);
    assertThat(new Operation.Prioritize(1, "").fits()).isEqualTo(GOING);
    for (Operation.Command command : Operation.Command.values()) {
      assertThat(new Operation.Control(command, "").fits())
          .isEqualTo(command == Operation.Command.RESUME ? EnumSet.of(Status.PAUSED) : GOING);
    }
  }

  @Test
  void operationsHaveTheWordsOfTheirRoutes() {
    assertThat(
            Stream.of(
                    new Operation.Control(Operation.Command.CANCEL, ""),
                    new Operation.Prioritize(1, ""),
                    new Operation.Retry(new VersionChoice.Same()),
                    new Operation.Rerun(new VersionChoice.Same(), Optional.empty()))
                .map(Operation::word))
        .containsExactly("cancel", "priority", "retry", "rerun");
  }

  @Test
  void versionsAreTheSameTheLatestOrOne() {
    assertThat(new VersionChoice.Same().of(3)).hasValue(3);
    assertThat(new VersionChoice.Latest().of(3)).isEmpty();
    assertThat(new VersionChoice.Exactly(2).of(3)).hasValue(2);
  }

  @Test
  void aPaceIsSoManyASecond() {
    Pace ten = new Pace(10, Duration.ofSeconds(2));
    assertThat(ten.atOnce()).isEqualTo(10);
    assertThat(ten.pause(5, 0)).isEqualTo(Duration.ofMillis(500));
    assertThat(ten.pause(5, 0.5)).isEqualTo(Duration.ofMillis(1500));
    assertThat(new Pace(0.5, Duration.ZERO).atOnce()).isEqualTo(1);
    assertThat(new Pace(1000, Duration.ZERO).atOnce()).isEqualTo(100);
    assertThat(Pace.FREE.atOnce()).isEqualTo(100);
    assertThat(Pace.FREE.pause(100, 1)).isZero();
  }

  @Test
  void aPaceOutOfRangeIsNone() {
    for (double rate : new double[] {-1, 0.001, 1001, Double.NaN}) {
      assertThatThrownBy(() -> new Pace(rate, Duration.ZERO))
          .isInstanceOf(IllegalArgumentException.class);
    }
    for (Duration jitter : new Duration[] {Duration.ofMillis(-1), Duration.ofSeconds(61)}) {
      assertThatThrownBy(() -> new Pace(1, jitter)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void idsAreReadInOneForm() {
    String id = "0198c5d0-7b1a-7c3d-8e4f-000000000001";
    assertThat(BatchId.parse(id).orElseThrow()).hasToString(id);
    assertThat(BatchId.parse(id.toUpperCase(Locale.ROOT))).isEmpty();
  }
}
