package io.taskwright.app.doctor;

import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Findings in the forms in which they are printed.
 *
 * @param findings in their order
 */
public record Report(List<Finding> findings) {
  public Report {
    findings = List.copyOf(findings);
  }

  /** Whether the service can be started on this machine. */
  public boolean startable() {
    return findings.stream().noneMatch(finding -> finding.level() == Finding.Level.MISSING);
  }

  /** For people. */
  public String text() {
    StringBuilder text = new StringBuilder();
    for (Finding finding : findings) {
      text.append(
          "%-8s %-11s %s: %s%n"
              .formatted(word(finding.level()), finding.name(), finding.found(), finding.use()));
      if (finding.fix() != null) {
        text.append("%-20s -> %s%n".formatted("", finding.fix()));
      }
    }
    return text.toString();
  }

  /** For programs: {@code {startable, findings: [{name, level, found, use, fix}]}}. */
  public String json() {
    ObjectNode json = JsonMapper.shared().createObjectNode();
    json.put("startable", startable());
    for (Finding finding : findings) {
      json.withArray("findings")
          .addObject()
          .put("name", finding.name())
          .put("level", word(finding.level()))
          .put("found", finding.found())
          .put("use", finding.use())
          .put("fix", finding.fix());
    }
    return json.toPrettyString() + "\n";
  }

  private static String word(Finding.Level level) {
    return level.name().toLowerCase(Locale.ROOT);
  }
}
