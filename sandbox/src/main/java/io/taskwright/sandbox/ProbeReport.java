package io.taskwright.sandbox;

import java.util.List;

/** What the checks of a back end found on this host. */
public record ProbeReport(List<Check> checks) {
  public ProbeReport {
    checks = List.copyOf(checks);
  }

  /**
   * One check.
   *
   * @param name what must hold, as a fact
   * @param detail what was found
   */
  public record Check(String name, boolean passed, String detail) {}

  /** Tells whether the back end may be offered. */
  public boolean passed() {
    return !checks.isEmpty() && checks.stream().allMatch(Check::passed);
  }
}
