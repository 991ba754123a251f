package io.taskwright.app.client;

import io.taskwright.app.terminal.Harmless;
import io.taskwright.app.terminal.Paint;
import io.taskwright.client.DryRunReport;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** What a start would have done, for a person. */
final class DryRunText {
  private DryRunText() {}

  static String of(DryRunReport report, Paint paint) {
    StringBuilder text = new StringBuilder();
    String outcome = report.outcome().orElse("It has not ended yet");
    text.append(outcome.equals("FAILED") ? paint.red(outcome) : paint.green(outcome));
    text.append(" (dry run %s)%n".formatted(Harmless.line(report.execution())));
    report
        .failure()
        .ifPresent(failure ->
            text.append("  %s: %s%n".formatted(failure.code(), Harmless.line(failure.message()))));
    report.output().ifPresent(output -> text.append("  output %s%n".formatted(value(output))));
    report.wouldHave().forEach(step -> text.append(step(step)));
    return text.toString();
  }

  /** Its steps have no fixed fields: what is there is shown, what is empty is not. */
  private static String step(JsonNode step) {
    StringBuilder text = new StringBuilder();
    text.append(
        "  %s: %s%n"
            .formatted(
                Harmless.line(step.path("step").asString("")),
                Harmless.line(step.path("instead").asString(""))));
    step.propertyStream()
        .filter(field -> !field.getKey().equals("step") && !field.getKey().equals("instead"))
        .filter(field -> !field.getValue().isContainer() || !field.getValue().isEmpty())
        .forEach(field ->
            text.append(
                "    %s: %s%n".formatted(Harmless.line(field.getKey()), value(field.getValue()))));
    return text.toString();
  }

  private static String value(JsonNode value) {
    if (value.isArray()) {
      return value.valueStream().map(DryRunText::value).collect(Collectors.joining(", "));
    }
    return Harmless.line(value.isString() ? value.stringValue() : value.toString());
  }

  /** What the shell is told. */
  static int code(DryRunReport report) {
    return switch (report.outcome().orElse("")) {
      case "FAILED" -> ExitCode.FAILED;
      case "REJECTED" -> ExitCode.REFUSED;
      case "CANCELLED" -> ExitCode.CANCELLED;
      default -> ExitCode.DONE;
    };
  }
}
