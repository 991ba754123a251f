package io.taskwright.client;

import io.taskwright.model.ExecutionId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Which lines of log to list. What is empty leaves its side open.
 *
 * @param task id or name
 * @param levels one of these: DEBUG, INFO, WARN, ERROR
 * @param text what the message contains
 */
public record LogFilter(
    Optional<ExecutionId> execution,
    Optional<String> task,
    List<String> levels,
    Optional<Instant> since,
    Optional<Instant> until,
    Optional<String> text) {
  public LogFilter {
    levels = List.copyOf(levels);
  }

  /** The lines of one execution. */
  public static LogFilter of(ExecutionId execution) {
    return new LogFilter(
        Optional.of(execution),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  Call.Query query() {
    Call.Query query =
        new Call.Query()
            .add("execution", execution)
            .add("task", task)
            .add("since", since)
            .add("until", until)
            .add("q", text);
    levels.forEach(level -> query.add("level", level));
    return query;
  }
}
