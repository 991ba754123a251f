package io.taskwright.rules.compare;

import java.util.List;

/** What came of comparing two schemas; every reason why it is not compatible. */
public record Comparison(Verdict verdict, List<Finding> findings) {
  /** They mean the same. */
  static final Comparison SAME = new Comparison(Verdict.SAME, List.of());

  public Comparison {
    findings = List.copyOf(findings);
  }

  static Comparison of(List<Finding> findings) {
    return new Comparison(
        findings.stream().map(Finding::verdict).reduce(Verdict.COMPATIBLE, Verdict::and), findings);
  }
}
