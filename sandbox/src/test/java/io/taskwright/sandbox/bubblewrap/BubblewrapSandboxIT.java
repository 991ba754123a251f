package io.taskwright.sandbox.bubblewrap;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwright.sandbox.Sandbox;
import io.taskwright.sandbox.conformance.BashSuite;
import io.taskwright.sandbox.conformance.Host;
import io.taskwright.sandbox.conformance.IsolationSuite;
import io.taskwright.sandbox.conformance.JavaSuite;
import io.taskwright.sandbox.conformance.LifecycleSuite;
import io.taskwright.sandbox.conformance.LimitsSuite;
import io.taskwright.sandbox.conformance.NodeSuite;
import io.taskwright.sandbox.conformance.PythonSuite;
import io.taskwright.sandbox.guest.EnvironmentException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Bubblewrap passes the conformance suite; it must be there, as the README asks. */
final class BubblewrapSandboxIT {
  private static final String INSTANCE = "it-bubblewrap";
  private static final Path FOLDER = Path.of("target/sandbox-it/bubblewrap").toAbsolutePath();

  private static BubblewrapSandbox sandbox;
  private static HostTraces traces;

  @BeforeAll
  static void open() throws EnvironmentException {
    sandbox = BubblewrapSandbox.open(INSTANCE, FOLDER);
    traces = HostTraces.before(INSTANCE, FOLDER);
  }

  @AfterAll
  static void close() {
    sandbox.close();
  }

  @Test
  void keepsASecondServiceOutOfItsFolder() {
    assertThatThrownBy(() -> BubblewrapSandbox.open(INSTANCE, FOLDER))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("another service uses");
  }

  interface OnBubblewrap extends Host {
    @Override
    default Sandbox sandbox() {
      return sandbox;
    }

    @Override
    default void assertUntouched() {
      traces.assertNoneLeft();
    }
  }

  @Nested
  final class Python extends PythonSuite implements OnBubblewrap {}

  @Nested
  final class Node extends NodeSuite implements OnBubblewrap {}

  @Nested
  final class Bash extends BashSuite implements OnBubblewrap {}

  @Nested
  final class Java extends JavaSuite implements OnBubblewrap {}

  @Nested
  final class Limits extends LimitsSuite implements OnBubblewrap {}

  @Nested
  final class Isolation extends IsolationSuite implements OnBubblewrap {}

  @Nested
  final class Lifecycle extends LifecycleSuite implements OnBubblewrap {}
}
