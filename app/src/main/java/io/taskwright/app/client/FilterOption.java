package io.taskwright.app.client;

import io.taskwright.client.ExecutionFilter;
import io.taskwright.model.execution.Status;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which executions are meant. */
final class FilterOption {
  @Mixin private SpanOption span = new SpanOption();

  @Option(names = "--task", paramLabel = "NAME", description = "Only of this task.")
  private @Nullable String task;

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      description = "Only in this status: ${COMPLETION-CANDIDATES}")
  private @Nullable Status status;

  @Option(
      names = "--label",
      paramLabel = "NAME=VALUE",
      description = "Only with this label. May be given more than once.")
  private Map<String, String> labels = new LinkedHashMap<>();

  @Option(
      names = "-q",
      paramLabel = "TEXT",
      description = "Only if the id or the task's name begins with it.")
  private @Nullable String text;

  ExecutionFilter filter() {
    return new ExecutionFilter(
        Optional.ofNullable(task),
        Optional.ofNullable(status),
        labels,
        span.since(),
        span.until(),
        Optional.ofNullable(text));
  }

  /** Whether anything was said. */
  boolean given() {
    return !filter().equals(ExecutionFilter.ALL);
  }
}
