package io.taskwright.api.control;

import io.taskwright.api.execution.ExecutionJson;
import io.taskwright.api.execution.KnownExecutions;
import io.taskwright.api.problem.ProblemCode;
import io.taskwright.api.problem.ProblemException;
import io.taskwright.api.start.IdempotencyKeys;
import io.taskwright.api.start.Refusals;
import io.taskwright.api.start.StartRequest;
import io.taskwright.api.start.Starting;
import io.taskwright.model.ExecutionId;
import io.taskwright.model.Project;
import io.taskwright.model.batch.VersionChoice;
import io.taskwright.model.execution.Actor;
import io.taskwright.model.execution.CacheUse;
import io.taskwright.model.execution.Origin;
import io.taskwright.model.execution.Status;
import io.taskwright.store.catalogue.Catalogue;
import io.taskwright.store.catalogue.VersionName;
import io.taskwright.store.execution.ExecutionView;
import io.taskwright.store.execution.Executions;
import io.taskwright.store.execution.Intake;
import io.taskwright.store.execution.Intake.Acceptance;
import io.taskwright.store.execution.NewExecution;
import io.taskwright.store.limit.Refusal;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Says of which ended executions new ones may be made, and makes them. */
@Component
public class Repeating {
  /** A rejected one would be rejected again: it needs another input or version. */
  private static final Set<Status> RETRYABLE = Set.of(Status.FAILED, Status.CANCELLED);

  private final Executions executions;
  private final Catalogue catalogue;
  private final Starting starting;
  private final Intake intake;

  Repeating(Executions executions, Catalogue catalogue, Starting starting, Intake intake) {
    this.executions = executions;
    this.catalogue = catalogue;
    this.starting = starting;
    this.intake = intake;
  }

  /**
   * Tries again what failed, as it was but on that version.
   *
   * @throws ProblemException if that cannot be
   */
  public ExecutionId retry(Project project, ExecutionId id, VersionChoice version, Actor by) {
    ExecutionView before = failed(project, id);
    return make(
        Origin.Kind.RETRY,
        before,
        StartRequest.again(
            before,
            ExecutionJson.tree(before.input()),
            version.of(before.taskVersion()),
            CacheUse.USE,
            null),
        by);
  }

  /**
   * Does again what ended, on that version.
   *
   * @param input in the place of its own
   * @throws ProblemException if that cannot be
   */
  public ExecutionId rerun(
      Project project, ExecutionId id, VersionChoice version, Optional<String> input, Actor by) {
    ExecutionView before = ended(project, id);
    JsonNode with = ExecutionJson.tree(input.orElse(before.input()));
    return make(
        Origin.Kind.RERUN,
        before,
        StartRequest.again(before, with, version.of(before.taskVersion()), CacheUse.REFRESH, null),
        by);
  }

  private ExecutionId make(Origin.Kind kind, ExecutionView before, StartRequest start, Actor by) {
    return switch (intake.accept(ready(kind, before, start, version(before, start), by))) {
      case Acceptance.Accepted(ExecutionId made) -> made;
      case Acceptance.Repeated(ExecutionId made, int number) -> made;
      case Acceptance.Conflict() -> throw IdempotencyKeys.conflict();
      case Acceptance.Refused(Refusal refusal) -> throw Refusals.problem(refusal);
    };
  }

  /** The execution, if it has ended. */
  ExecutionView ended(Project project, ExecutionId id) {
    ExecutionView before =
        executions.find(project, id).orElseThrow(KnownExecutions::absent).execution();
    if (before.dryRun() != null) {
      throw new ProblemException(
          ProblemCode.DRY_RUN, "nothing was done that could be done again; start the task");
    }
    if (!before.status().ended()) {
      throw new ProblemException(
          ProblemCode.NOT_ENDED,
          "it is " + before.status() + "; wait for its end, or cancel it first");
    }
    return before;
  }

  /** The execution, if it ended in a way that may be tried again. */
  ExecutionView failed(Project project, ExecutionId id) {
    ExecutionView before = ended(project, id);
    if (!RETRYABLE.contains(before.status())) {
      throw new ProblemException(
          ProblemCode.NOTHING_FAILED,
          "it is "
              + before.status()
              + "; POST /executions/"
              + before.id()
              + "/rerun does it again");
    }
    return before;
  }

  /** The version that is asked for. */
  VersionName version(ExecutionView before, StartRequest start) {
    return catalogue
        .name(before.project(), before.task().toString(), start.version())
        .orElseThrow(() -> ProblemException.notFound("such version of the task"));
  }

  /** The new execution, to be taken in. */
  NewExecution ready(
      Origin.Kind kind, ExecutionView before, StartRequest start, VersionName version, Actor by) {
    Origin origin = new Origin(kind, by, before.id());
    return starting.ready(start, version, before.project(), origin).execution();
  }
}
