package io.taskwright.sandbox.bubblewrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwright.sandbox.guest.EnvironmentException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** The process of an environment, whatever it does. */
final class BubblewrapEnvironmentIT {
  private final FakeCgroup cgroup = new FakeCgroup(Path.of("/nowhere"));
  private final CountDownLatch afterwards = new CountDownLatch(1);

  @Test
  void leavesNothingWhenNoProcessCanBeMade() {
    assertThatThrownBy(() -> open("/nonexistent/warden"))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("no process could be made");
    assertThat(cgroup.removed).isTrue();
    assertThat(afterwards.getCount()).isZero();
  }

  @Test
  void killsTheProcessThatHasNobodyInTheGroupYet() throws EnvironmentException {
    BubblewrapEnvironment environment = open("/usr/bin/sleep", "60");
    environment.kill();
    environment.end();
    assertThat(cgroup.removed).isTrue();
    assertThat(afterwards.getCount()).isZero();
  }

  @Test
  void cleansUpEvenWhenItIsInterrupted() throws EnvironmentException {
    BubblewrapEnvironment environment = open("/usr/bin/sleep", "0.2");
    Thread.currentThread().interrupt();
    environment.end();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(cgroup.removed).isTrue();
  }

  @Test
  void hasTheProgramsShareOnlyWhileAProgramIsThere() throws EnvironmentException {
    BubblewrapEnvironment environment = open("/usr/bin/sleep", "0.1");
    environment.take();
    environment.end();
    assertThat(cgroup.shares).containsExactly(1, 1000);
  }

  private BubblewrapEnvironment open(String... words) throws EnvironmentException {
    return BubblewrapEnvironment.open(
        cgroup, cgroup.limits(), List.of(words), afterwards::countDown);
  }
}
