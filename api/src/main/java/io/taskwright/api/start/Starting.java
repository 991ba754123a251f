package io.taskwright.api.start;

import io.taskwright.api.execution.ExecutionJson;
import io.taskwright.api.problem.ProblemCode;
import io.taskwright.api.problem.ProblemException;
import io.taskwright.model.ExecutionId;
import io.taskwright.model.Project;
import io.taskwright.model.Violation;
import io.taskwright.model.definition.TaskDefinition;
import io.taskwright.model.definition.Work;
import io.taskwright.model.execution.CacheUse;
import io.taskwright.model.execution.Origin;
import io.taskwright.model.execution.Route;
import io.taskwright.rules.Contracts;
import io.taskwright.rules.Judgement;
import io.taskwright.rules.TaskContract;
import io.taskwright.store.Ids;
import io.taskwright.store.catalogue.VersionName;
import io.taskwright.store.execution.NewExecution;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Holds what is asked for against the task, and makes an execution of it. */
@Component
public class Starting {
  private final Contracts contracts;
  private final Placement placement;

  Starting(Contracts contracts, Placement placement) {
    this.contracts = contracts;
    this.placement = placement;
  }

  /** An execution that may be taken in, with its task and the way that it would go. */
  public record Ready(NewExecution execution, TaskDefinition definition, Route route) {}

  private static void refuseArchived(VersionName version) {
    switch (version.standing()) {
      case IN_USE -> {}
      case TASK_ARCHIVED ->
          throw new ProblemException(
              ProblemCode.TASK_ARCHIVED,
              "'%s' is not started any more; POST /tasks/%s/unarchive takes it out again"
                  .formatted(version.name(), version.name()));
      case VERSION_ARCHIVED ->
          throw new ProblemException(
              ProblemCode.VERSION_ARCHIVED,
              "version %d of '%s' is not started any more; name another one"
                  .formatted(version.number(), version.name()));
    }
  }

  /**
   * The execution of that version, to be taken in.
   *
   * @throws ProblemException if the task cannot be started so, with every reason
   */
  public Ready ready(StartRequest start, VersionName version, Project project, Origin origin) {
    refuseArchived(version);
    TaskContract contract =
        contracts
            .find(version.task(), version.number())
            .orElseThrow(() -> outdated(version.number()));
    JsonNode input = contract.withDefaults(start.input());
    List<Violation> violations = contract.inputViolations(input);
    if (!violations.isEmpty()) {
      throw new ProblemException(
          ProblemCode.INPUT_INVALID, "nothing was started; correct the input", violations);
    }
    TaskDefinition definition = contract.definition();
    Work.Automated work =
        switch (definition.work()) {
          case Work.Automated automated -> automated;
        };
    Placement.Place place =
        placement.place(project, work, start.files(), !definition.signals().isEmpty());
    NewExecution execution =
        new NewExecution(
            new ExecutionId(Ids.next()),
            project,
            version.task(),
            version.name(),
            version.number(),
            place.route().pool(),
            start.priority(),
            input.toString(),
            start.labels(),
            origin,
            start.startAt(),
            definition.timeouts().queue(),
            start.key(),
            start.patience().isPositive(),
            place.files(),
            start.files().isEmpty() ? start.cacheUse() : CacheUse.BYPASS,
            TaskLimits.of(contract, version.task(), input),
            definition.awaited());
    return new Ready(execution, definition, place.route());
  }

  /** What the rules say of the input; they are asked when it is admitted, and not at the start. */
  Judgement judge(Ready ready) {
    return contracts
        .find(ready.execution().task(), ready.execution().taskVersion())
        .map(contract -> contract.ofInput(ExecutionJson.tree(ready.execution().input())))
        .orElseThrow();
  }

  /** The answer to a start of what is not there. */
  public static ProblemException absent() {
    return ProblemException.notFound("such task, or no such version of it");
  }

  /** The answer for a version that was right when it was made, and is so no more. */
  public static ProblemException outdated(int version) {
    return new ProblemException(
        ProblemCode.DEFINITION_INVALID,
        "version " + version + " of the task is not valid any more; make a new version");
  }
}
