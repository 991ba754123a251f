package io.taskwright.api.control;

import io.taskwright.api.access.Caller;
import io.taskwright.api.access.Permission;
import io.taskwright.api.access.Requires;
import io.taskwright.api.execution.ExecutionJson;
import io.taskwright.api.execution.KnownExecutions;
import io.taskwright.api.start.IdempotencyKeys;
import io.taskwright.api.start.Refusals;
import io.taskwright.api.start.StartRequest;
import io.taskwright.model.ExecutionId;
import io.taskwright.model.execution.Origin;
import io.taskwright.store.catalogue.VersionName;
import io.taskwright.store.execution.ExecutionView;
import io.taskwright.store.execution.Intake;
import io.taskwright.store.execution.Intake.Acceptance;
import io.taskwright.store.limit.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Doing again what has ended. The ended execution stays as it is; a new one names it. */
@RestController
final class AgainController {
  private final Repeating repeating;
  private final Intake intake;
  private final ExecutionJson json;

  AgainController(Repeating repeating, Intake intake, ExecutionJson json) {
    this.repeating = repeating;
    this.intake = intake;
    this.json = json;
  }

  @Requires(Permission.START_EXECUTIONS)
  @PostMapping("/executions/{id}/retry")
  ResponseEntity<JsonNode> retry(@PathVariable String id, HttpServletRequest request, Caller caller)
      throws IOException {
    ExecutionView before = repeating.failed(caller.project(), KnownExecutions.id(id));
    return again(Origin.Kind.RETRY, before, StartRequest.retry(request, before), caller);
  }

  @Requires(Permission.START_EXECUTIONS)
  @PostMapping("/executions/{id}/rerun")
  ResponseEntity<JsonNode> rerun(@PathVariable String id, HttpServletRequest request, Caller caller)
      throws IOException {
    ExecutionView before = repeating.ended(caller.project(), KnownExecutions.id(id));
    return again(Origin.Kind.RERUN, before, StartRequest.rerun(request, before), caller);
  }

  private ResponseEntity<JsonNode> again(
      Origin.Kind kind, ExecutionView before, StartRequest start, Caller caller) {
    VersionName version = repeating.version(before, start);
    Acceptance acceptance =
        intake
            .earlier(caller.project(), version.task(), start.key())
            .map(Acceptance.class::cast)
            .orElseGet(
                () -> intake.accept(repeating.ready(kind, before, start, version, caller.actor())));
    return switch (acceptance) {
      case Acceptance.Accepted(ExecutionId made) -> created(made, version);
      case Acceptance.Repeated(ExecutionId made, int number) ->
          created(made, new VersionName(version.task(), version.name(), number));
      case Acceptance.Conflict() -> throw IdempotencyKeys.conflict();
      case Acceptance.Refused(Refusal refusal) -> throw Refusals.problem(refusal);
    };
  }

  private ResponseEntity<JsonNode> created(ExecutionId id, VersionName version) {
    return ResponseEntity.created(URI.create("/executions/" + id))
        .body(json.accepted(id, version.task().toString(), version.name(), version.number()));
  }
}
