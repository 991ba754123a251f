package io.taskwright.client;

import io.taskwright.model.execution.Status;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Which executions to list. What is empty leaves its side open.
 *
 * @param task id or name
 * @param text what the id or the task's name begins with
 */
public record ExecutionFilter(
    Optional<String> task,
    Optional<Status> status,
    Map<String, String> labels,
    Optional<Instant> since,
    Optional<Instant> until,
    Optional<String> text) {
  /** Every execution. */
  public static final ExecutionFilter ALL =
      new ExecutionFilter(
          Optional.empty(),
          Optional.empty(),
          Map.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  public ExecutionFilter {
    labels = Map.copyOf(labels);
  }

  Call.Query query() {
    Call.Query query =
        new Call.Query()
            .add("task", task)
            .add("status", status.map(Enum::name))
            .add("since", since)
            .add("until", until)
            .add("q", text);
    labels.forEach((name, value) -> query.add("label", name + "=" + value));
    return query;
  }
}
