package io.taskwright.app.client;

import io.taskwright.app.terminal.Harmless;
import io.taskwright.app.terminal.Paint;
import io.taskwright.client.CheckReport;
import io.taskwright.client.CheckReport.Difference;
import io.taskwright.client.CheckReport.TestResult;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What came of tests, for a person. */
final class CheckText {
  private static final int LONGEST_VALUE = 400;

  private CheckText() {}

  static String of(List<Checked> all, Paint paint) {
    StringBuilder text = new StringBuilder();
    int passed = 0;
    int failed = 0;
    int refused = 0;
    for (Checked checked : all) {
      switch (checked) {
        case Checked.Ran(String subject, CheckReport report) -> {
          passed += report.passed();
          failed += report.failed();
          text.append(ran(subject, report, paint));
        }
        case Checked.Refused(String subject, String message) -> {
          refused++;
          text.append(Harmless.line(subject)).append(": ").append(paint.red("refused"));
          text.append('\n').append(message.stripTrailing().indent(2));
        }
      }
    }
    text.append("%d passed, %d failed".formatted(passed, failed));
    return text.append(refused == 0 ? "\n" : ", %d refused%n".formatted(refused)).toString();
  }

  private static String ran(String subject, CheckReport report, Paint paint) {
    StringBuilder text = new StringBuilder(Harmless.line(subject));
    text.append(report.tests().isEmpty() ? ": no tests\n" : "\n");
    for (TestResult test : report.tests()) {
      String took = Durations.text(test.took());
      text.append(
          "  %s %s (%s)%n"
              .formatted(
                  test.passed() ? paint.green("passed") : paint.red("FAILED"),
                  Harmless.line(test.name()),
                  took));
      test.differences().forEach(difference -> text.append("    ").append(line(difference)));
      if (!test.log().isEmpty()) {
        text.append(paint.dim("    the last lines of its log:")).append('\n');
        test.log().forEach(line -> text.append("      %s%n".formatted(Harmless.line(line))));
      }
    }
    return text.toString();
  }

  /** {@code /output/n: expected 1, got 2 (is another value)}. */
  static String line(Difference difference) {
    StringBuilder text = new StringBuilder();
    text.append(Harmless.line(difference.pointer())).append(": ");
    difference.expected().ifPresent(value -> text.append("expected ").append(value(value)));
    if (difference.expected().isPresent() || difference.actual().isPresent()) {
      text.append(difference.expected().isPresent() ? ", got " : "got ");
      text.append(difference.actual().map(CheckText::value).orElse("nothing"));
      text.append(" (").append(Harmless.line(difference.message())).append(")");
    } else {
      text.append(Harmless.line(difference.message()));
    }
    return text.append('\n').toString();
  }

  private static String value(JsonNode value) {
    String text = Harmless.line(value.toString());
    return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "…";
  }
}
