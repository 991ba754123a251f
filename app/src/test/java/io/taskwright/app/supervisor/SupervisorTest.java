package io.taskwright.app.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taskwright.app.process.Signal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class SupervisorTest {
  @Test
  void startsAPartWhenWhatItNeedsIsReady() {
    try (Stage stage = new Stage("base", "other", "upper<base")) {
      stage.readyAtOnce = false;
      stage.run().awaitStarts(2);
      assertThat(stage.starts).containsExactlyInAnyOrder("base", "other");
      assertThat(stage.status("upper").state()).isEqualTo(PartState.WAITING);

      stage.child("base").ready = true;

      stage.awaitStarts(3);
      assertThat(stage.starts).last().isEqualTo("upper");
    }
  }

  @Test
  void endsThePartsOneAfterTheOtherInTheOppositeOrder() {
    try (Stage stage = new Stage("first", "second<first")) {
      stage.run().awaitState("second", PartState.READY);
      List<Signal> before = stage.child("first").signals;
      stage.child("second").onEnd(code -> assertThat(before).isEmpty());

      stage.stop();

      assertThat(stage.end()).isEqualTo(new Supervisor.End.Stopped());
      assertThat(stage.child("second").signals).containsExactly(Signal.INT);
      assertThat(before).containsExactly(Signal.INT);
    }
  }

  @Test
  void startsADeadPartAgainAfterARest() {
    try (Stage stage = new Stage("one")) {
      stage.run().awaitState("one", PartState.READY);

      stage.child("one").dies(137);

      stage.awaitState("one", PartState.RESTARTING);
      assertThat(stage.status("one").reason()).isEqualTo("ended with exit code 137");
      assertThat(stage.starts).hasSize(1);
      stage.pass(Backoff.after(1));
      stage.awaitState("one", PartState.READY);
      assertThat(stage.status("one").restarts()).isEqualTo(1);
      assertThat(stage.status("one").reason()).isNull();
    }
  }

  @Test
  void givesUpWhenAPartFailsAtEveryStart() {
    try (Stage stage = new Stage("ill")) {
      stage.readyAtOnce = false;
      stage.run();
      for (int start = 1; start <= Backoff.FAILED_AFTER; start++) {
        stage.awaitStarts(start);
        stage.child("ill").dies(9);
        stage.awaitState(
            "ill", start < Backoff.FAILED_AFTER ? PartState.RESTARTING : PartState.STOPPED);
        stage.pass(Backoff.after(start));
      }

      assertThat(stage.end())
          .isInstanceOfSatisfying(
              Supervisor.End.GaveUp.class,
              gaveUp -> {
                assertThat(gaveUp.ran()).isTrue();
                assertThat(gaveUp.part().reason()).isEqualTo("ended with exit code 9");
              });
    }
  }

  @Test
  void givesUpWhenAPartCannotBePrepared() {
    Part.Preparation failing =
        () -> {
          throw new IllegalStateException("no room");
        };
    try (Stage stage = new Stage(failing, "one")) {
      stage.run();
      await()
          .until(() -> {
            stage.pass(Duration.ofSeconds(1));
            return stage.ended();
          });

      assertThat(stage.end())
          .isInstanceOfSatisfying(
              Supervisor.End.GaveUp.class,
              gaveUp -> {
                assertThat(gaveUp.ran()).isFalse();
                assertThat(gaveUp.part().reason()).isEqualTo("no room");
              });
      assertThat(stage.starts).isEmpty();
    }
  }

  @Test
  void goesOnTryingOnceTheServiceWasReady() {
    try (Stage stage = new Stage("one")) {
      stage.run();
      for (int failure = 1; failure <= Backoff.FAILED_AFTER; failure++) {
        stage.awaitState("one", PartState.READY);
        stage.child("one").dies(9);
        stage.awaitState(
            "one", failure < Backoff.FAILED_AFTER ? PartState.RESTARTING : PartState.FAILED);
        if (failure < Backoff.FAILED_AFTER) {
          stage.pass(Backoff.after(failure));
        }
      }
      assertThat(stage.ended()).isFalse();

      stage.pass(Backoff.after(Backoff.FAILED_AFTER));

      stage.awaitState("one", PartState.READY);
    }
  }

  @Test
  void forgetsTheFailuresOfAPartThatWasReadyForLong() {
    try (Stage stage = new Stage("one")) {
      stage.run();
      for (int failure = 1; failure <= 2 * Backoff.FAILED_AFTER; failure++) {
        stage.awaitState("one", PartState.READY);
        stage.pass(Backoff.SETTLED);
        stage.child("one").dies(9);
        stage.awaitState("one", PartState.RESTARTING);
        stage.pass(Backoff.after(1));
      }
    }
  }

  @Test
  void killsAPartThatIsNotReadyInTime() {
    try (Stage stage = new Stage("one")) {
      stage.readyAtOnce = false;
      stage.run().awaitStarts(1);
      FakeChild slow = stage.child("one");

      stage.pass(Stage.LIMIT);

      stage.awaitState("one", PartState.RESTARTING);
      assertThat(slow.signals).containsExactly(Signal.KILL);
      assertThat(stage.status("one").reason()).isEqualTo("was not ready within 60 s");
    }
  }

  @Test
  void killsAPartThatDoesNotEnd() {
    try (Stage stage = new Stage("one")) {
      stage.obedient = false;
      stage.run().awaitState("one", PartState.READY);

      stage.stop();
      stage.awaitState("one", PartState.STOPPING);
      stage.pass(Stage.LIMIT);

      assertThat(stage.end()).isEqualTo(new Supervisor.End.Stopped());
      assertThat(stage.child("one").signals).containsExactly(Signal.INT, Signal.KILL);
    }
  }

  @Test
  void breaksOffAPreparationWhenItIsStopped() {
    CountDownLatch begun = new CountDownLatch(1);
    Part.Preparation endless =
        () -> {
          begun.countDown();
          new CountDownLatch(1).await();
        };
    try (Stage stage = new Stage(endless, "one")) {
      stage.run();
      await().until(() -> begun.getCount() == 0);

      stage.stop();

      assertThat(stage.end()).isEqualTo(new Supervisor.End.Stopped());
      assertThat(stage.starts).isEmpty();
    }
  }
}
