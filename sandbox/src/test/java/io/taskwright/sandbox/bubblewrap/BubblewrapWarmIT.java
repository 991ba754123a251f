package io.taskwright.sandbox.bubblewrap;

import io.taskwright.sandbox.Sandbox;
import io.taskwright.sandbox.conformance.Instances;
import io.taskwright.sandbox.conformance.SandboxSuite;
import io.taskwright.sandbox.conformance.Warmed;
import io.taskwright.sandbox.guest.EnvironmentException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Bubblewrap passes the whole suite with environments that waited for their programs. */
final class BubblewrapWarmIT extends SandboxSuite {
  private static final String INSTANCE = Instances.named("bubblewrap-warm");
  private static final Path FOLDER = Path.of("target/sandbox-it/bubblewrap-warm").toAbsolutePath();

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

  @Override
  public Sandbox sandbox() {
    return new Warmed(sandbox, this::cool);
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
