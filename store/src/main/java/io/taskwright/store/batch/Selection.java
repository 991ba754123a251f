package io.taskwright.store.batch;

import io.taskwright.model.ExecutionId;
import io.taskwright.store.execution.Executions.Filter;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Which executions of a project are meant. */
public sealed interface Selection {
  /** Those that a list with this filter would show; where a page begins does not count. */
  record Matching(Filter filter) implements Selection {}

  /** Those of these ids; one that stands twice counts once. */
  record Named(List<ExecutionId> ids) implements Selection {
    public Named {
      ids = List.copyOf(ids);
    }
  }

  /** SQL to follow {@code where project = :project}; its parameters are added. */
  default String condition(Map<String, Object> parameters) {
    return switch (this) {
      case Matching(Filter filter) -> filter.condition(parameters);
      case Named(List<ExecutionId> ids) -> {
        parameters.put("ids", texts(ids));
        yield " and id = any(cast(:ids as uuid[]))";
      }
    };
  }

  private static String[] texts(List<ExecutionId> ids) {
    return ids.stream().map(ExecutionId::value).map(UUID::toString).toArray(String[]::new);
  }
}
