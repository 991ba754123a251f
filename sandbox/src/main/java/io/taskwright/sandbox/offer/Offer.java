package io.taskwright.sandbox.offer;

import io.taskwright.sandbox.ProbeReport;
import io.taskwright.sandbox.Sandbox;
import java.util.stream.Collectors;

/** What became of a back end that was allowed. */
public sealed interface Offer {
  /** Which one. */
  BackEnd backEnd();

  /** It passed its probe and takes programs. */
  record Offered(BackEnd backEnd, Sandbox sandbox, ProbeReport report) implements Offer {}

  /** It was opened and failed a check, so it was closed. */
  record Refused(BackEnd backEnd, ProbeReport report) implements Offer {
    @Override
    public String reason() {
      return report.checks().stream()
          .filter(check -> !check.passed())
          .map(check -> check.name() + ": " + check.detail())
          .collect(Collectors.joining("; ", "it failed its probe: ", ""));
    }
  }

  /**
   * The host lacks what it needs.
   *
   * @param reason what, and what to do
   */
  record Absent(BackEnd backEnd, String reason) implements Offer {}

  /** Why it takes no programs; empty if it does. */
  default String reason() {
    return "";
  }
}
