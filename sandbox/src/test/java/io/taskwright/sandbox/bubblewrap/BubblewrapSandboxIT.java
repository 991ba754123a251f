package io.taskwright.sandbox.bubblewrap;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwright.sandbox.Sandbox;
import io.taskwright.sandbox.conformance.Instances;
import io.taskwright.sandbox.conformance.SandboxSuite;
import io.taskwright.sandbox.guest.EnvironmentException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Bubblewrap passes the conformance suite; it must be there, as the README asks. */
final class BubblewrapSandboxIT extends SandboxSuite {
  private static final String INSTANCE = Instances.named("bubblewrap");
  private static final Path FOLDER = Path.of("target/sandbox-it/bubblewrap").toAbsolutePath();

  private static BubblewrapSandbox sandbox;
  private static HostTraces traces;

  @BeforeAll
  static void open() throws EnvironmentException {
    sandbox = BubblewrapSandbox.open(INSTANCE, FOLDER, EGRESS, WARM);
    traces = HostTraces.before(INSTANCE, FOLDER);
  }

  @AfterAll
  static void close() {
    sandbox.close();
  }

  @Test
  void keepsASecondServiceOutOfItsFolder() {
    assertThatThrownBy(() -> BubblewrapSandbox.open(INSTANCE, FOLDER, EGRESS, WARM))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("another service uses");
  }

  @Override
  public Sandbox sandbox() {
    return sandbox;
  }

  @Override
  public void cool() {
    sandbox.pool().cool();
  }

  @Override
  public void assertUntouched() {
    cool();
    traces.assertNoneLeft();
  }
}
