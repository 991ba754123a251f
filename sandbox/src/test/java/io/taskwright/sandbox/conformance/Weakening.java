package io.taskwright.sandbox.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.sandbox.ProbeReport;
import io.taskwright.sandbox.Sandbox;
import java.util.function.UnaryOperator;

/**
 * A part of the isolation that is taken away.
 *
 * @param name the part
 * @param alteration what becomes of the command that makes an environment
 * @param check the one that misses it
 */
public record Weakening<C>(String name, UnaryOperator<C> alteration, String check) {
  /** Fails unless the back end's probe finds it. */
  public void assertFound(Sandbox weakened) {
    ProbeReport report = weakened.probe();
    assertThat(report.passed()).isFalse();
    assertThat(
            report.checks().stream().filter(found -> !found.passed()).map(ProbeReport.Check::name))
        .contains(check);
  }

  @Override
  public String toString() {
    return name;
  }
}
