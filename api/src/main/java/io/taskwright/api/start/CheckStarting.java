package io.taskwright.api.start;

import io.taskwright.api.problem.ProblemException;
import io.taskwright.model.Project;
import io.taskwright.model.Violation;
import io.taskwright.model.execution.CacheUse;
import io.taskwright.model.execution.Origin;
import io.taskwright.store.catalogue.VersionName;
import io.taskwright.store.execution.CheckStart;
import io.taskwright.store.execution.NewExecution;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Makes executions that check others by the same rules as every start. */
@Component
final class CheckStarting implements CheckStart {
  private final Starting starting;

  CheckStarting(Starting starting) {
    this.starting = starting;
  }

  /**
   * It looks at the world as it is now: no result that is known counts, and its own is not kept.
   */
  @Override
  public Made make(Project project, VersionName task, JsonNode input, Origin origin, int priority) {
    StartRequest start = StartRequest.of(input, task.number(), priority, CacheUse.BYPASS);
    try {
      NewExecution execution = starting.ready(start, task, project, origin).execution();
      return new Made.Ready(execution.limitedBy(execution.limits().held()));
    } catch (ProblemException e) {
      return new Made.Unfit(
          e.errors().isEmpty()
              ? String.valueOf(e.getMessage())
              : e.errors().stream()
                  .map(CheckStarting::text)
                  .collect(Collectors.joining("; ", "its input is wrong: ", "")));
    }
  }

  private static String text(Violation violation) {
    return violation.pointer() + " " + violation.message();
  }
}
