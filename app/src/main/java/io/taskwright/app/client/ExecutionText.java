package io.taskwright.app.client;

import io.taskwright.app.terminal.Documents;
import io.taskwright.app.terminal.Harmless;
import io.taskwright.app.terminal.Paint;
import io.taskwright.client.Execution;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Everything about an execution, for a person. */
final class ExecutionText {
  private final StringBuilder text = new StringBuilder();
  private final TimeOfDay times;

  private ExecutionText(TimeOfDay times) {
    this.times = times;
  }

  static String of(Execution execution, TimeOfDay times, Paint paint, String again) {
    ExecutionText shown = new ExecutionText(times);
    shown.head(execution);
    shown.value("input", execution.json().path("input"));
    shown.value("output", execution.json().path("output"));
    execution
        .ending()
        .ifPresent(ending ->
            shown
                .text
                .append('\n')
                .append(EndText.of(execution, ending, paint, again))
                .append('\n'));
    return shown.text.toString();
  }

  private void head(Execution execution) {
    JsonNode json = execution.json();
    line("execution", execution.id().toString());
    line("task", "%s, version %d".formatted(execution.task(), execution.version()));
    line("status", execution.status().name());
    line("dry run", json.path("dryRun").asBoolean(false) ? "yes, nothing outside was touched" : "");
    line("waiting for", json.path("waiting").path("for").asString(""));
    line("progress", progress(json.path("progress")));
    time("accepted", execution.acceptedAt());
    time("started", execution.startedAt());
    time("ended", execution.endedAt());
    line("ran on", json.path("executionMetadata").path("executionEnvironment").asString(""));
    line("result of", execution.cachedFrom().orElse(""));
    line("route", json.path("route").path("reason").asString(""));
    line("origin", again(json.path("origin")));
    line("labels", labels(json.path("labels")));
    line("Temporal", json.path("links").path("temporal").asString(""));
  }

  private void time(String name, Optional<Instant> time) {
    time.ifPresent(it -> line(name, times.dayAndTime(it)));
  }

  private void line(String name, String words) {
    if (!words.isEmpty()) {
      text.append("%-12s %s\n".formatted(name, Harmless.line(words)));
    }
  }

  private static String progress(JsonNode progress) {
    return progress.isObject()
        ? "%d %% %s"
            .formatted(
                (int) Math.floor(progress.path("fraction").asDouble(0) * 100),
                progress.path("message").asString(""))
        : "";
  }

  private static String again(JsonNode origin) {
    return origin.has("execution")
        ? origin.path("kind").asString("") + " of " + origin.path("execution").asString("")
        : "";
  }

  private static String labels(JsonNode labels) {
    return labels
        .propertyStream()
        .map(label -> label.getKey() + "=" + label.getValue().asString(""))
        .collect(Collectors.joining(", "));
  }

  private void value(String name, JsonNode value) {
    if (!value.isMissingNode() && !value.isNull()) {
      text.append(name).append('\n').append(Documents.json(value).indent(2));
    }
  }
}
