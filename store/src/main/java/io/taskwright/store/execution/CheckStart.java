package io.taskwright.store.execution;

import io.taskwright.model.Project;
import io.taskwright.model.execution.Origin;
import io.taskwright.store.catalogue.VersionName;
import tools.jackson.databind.JsonNode;

/** Makes the execution of a task that checks another execution; does not take it in. */
@FunctionalInterface
public interface CheckStart {
  /** What came of it. */
  sealed interface Made {
    /** It can be taken in. */
    record Ready(NewExecution execution) implements Made {}

    /** The task cannot be started so, for that reason. */
    record Unfit(String reason) implements Made {}
  }

  /**
   * Makes it.
   *
   * @param origin what it checks, and on whose behalf
   * @param priority that of the one that it checks
   */
  Made make(Project project, VersionName task, JsonNode input, Origin origin, int priority);
}
