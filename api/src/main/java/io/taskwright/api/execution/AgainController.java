package io.taskwright.api.execution;

import io.taskwright.api.access.Caller;
import io.taskwright.api.access.Permission;
import io.taskwright.api.access.Requires;
import io.taskwright.api.problem.ProblemCode;
import io.taskwright.api.problem.ProblemException;
import io.taskwright.model.ExecutionId;
import io.taskwright.model.execution.Origin;
import io.taskwright.model.execution.Status;
import io.taskwright.store.catalogue.Catalogue;
import io.taskwright.store.catalogue.VersionName;
import io.taskwright.store.execution.ExecutionView;
import io.taskwright.store.execution.Executions;
import io.taskwright.store.execution.Intake;
import io.taskwright.store.execution.Intake.Acceptance;
import io.taskwright.store.limit.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Doing again what has ended. The ended execution stays as it is; a new one names it. */
@RestController
final class AgainController {
  /** A rejected one would be rejected again: it needs another input or version. */
  private static final Set<Status> RETRYABLE = Set.of(Status.FAILED, Status.CANCELLED);

  private final Executions executions;
  private final Catalogue catalogue;
  private final Starting starting;
  private final Intake intake;
  private final ExecutionJson json;

  AgainController(
      Executions executions,
      Catalogue catalogue,
      Starting starting,
      Intake intake,
      ExecutionJson json) {
    this.executions = executions;
    this.catalogue = catalogue;
    this.starting = starting;
    this.intake = intake;
    this.json = json;
  }

  @Requires(Permission.START_EXECUTIONS)
  @PostMapping("/executions/{id}/retry")
  ResponseEntity<JsonNode> retry(@PathVariable String id, HttpServletRequest request, Caller caller)
      throws IOException {
    ExecutionView before = ended(caller, id);
    if (!RETRYABLE.contains(before.status())) {
      throw new ProblemException(
          ProblemCode.NOTHING_FAILED,
          "it is "
              + before.status()
              + "; POST /executions/"
              + before.id()
              + "/rerun does it again");
    }
    return again(Origin.Kind.RETRY, before, StartRequest.retry(request, before), caller);
  }

  @Requires(Permission.START_EXECUTIONS)
  @PostMapping("/executions/{id}/rerun")
  ResponseEntity<JsonNode> rerun(@PathVariable String id, HttpServletRequest request, Caller caller)
      throws IOException {
    ExecutionView before = ended(caller, id);
    return again(Origin.Kind.RERUN, before, StartRequest.rerun(request, before), caller);
  }

  private ExecutionView ended(Caller caller, String id) {
    ExecutionView before =
        executions
            .find(caller.project(), ExecutionController.id(id))
            .orElseThrow(ExecutionController::absent)
            .execution();
    if (!before.status().ended()) {
      throw new ProblemException(
          ProblemCode.NOT_ENDED,
          "it is " + before.status() + "; wait for its end, or cancel it first");
    }
    return before;
  }

  private ResponseEntity<JsonNode> again(
      Origin.Kind kind, ExecutionView before, StartRequest start, Caller caller) {
    VersionName version =
        catalogue
            .name(caller.project(), before.task().toString(), start.version())
            .orElseThrow(() -> ProblemException.notFound("such version of the task"));
    Acceptance acceptance =
        Optional.ofNullable(start.key())
            .flatMap(key -> intake.earlier(caller.project(), version.task(), key))
            .map(Acceptance.class::cast)
            .orElseGet(() -> accept(kind, before, start, version, caller));
    return switch (acceptance) {
      case Acceptance.Accepted(ExecutionId made) -> created(made, version);
      case Acceptance.Repeated(ExecutionId made, int number) ->
          created(made, new VersionName(version.task(), version.name(), number));
      case Acceptance.Conflict() -> throw Starting.conflict();
      case Acceptance.Refused(Refusal refusal) -> throw Refusals.problem(refusal);
    };
  }

  private Acceptance accept(
      Origin.Kind kind,
      ExecutionView before,
      StartRequest start,
      VersionName version,
      Caller caller) {
    Origin origin = new Origin(kind, caller.actor(), before.id());
    return intake.accept(starting.ready(start, version, caller.project(), origin).execution());
  }

  private ResponseEntity<JsonNode> created(ExecutionId id, VersionName version) {
    return ResponseEntity.created(URI.create("/executions/" + id))
        .body(json.accepted(id, version.task().toString(), version.name(), version.number()));
  }
}
