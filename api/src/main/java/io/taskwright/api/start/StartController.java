package io.taskwright.api.start;

import io.taskwright.api.access.Caller;
import io.taskwright.api.access.Permission;
import io.taskwright.api.access.Requires;
import io.taskwright.api.execution.ExecutionJson;
import io.taskwright.api.execution.Watchers;
import io.taskwright.model.ExecutionId;
import io.taskwright.model.execution.Origin;
import io.taskwright.store.catalogue.Catalogue;
import io.taskwright.store.catalogue.VersionName;
import io.taskwright.store.execution.ExecutionView.Detailed;
import io.taskwright.store.execution.Intake;
import io.taskwright.store.execution.Intake.Acceptance;
import io.taskwright.store.execution.Intake.Acceptance.Earlier;
import io.taskwright.store.execution.NewExecution;
import io.taskwright.store.limit.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Starting tasks. */
@RestController
final class StartController {
  private final Catalogue catalogue;
  private final Starting starting;
  private final Intake intake;
  private final Awaiting awaiting;
  private final Watchers watchers;
  private final ExecutionJson json;
  private final InstantSource clock;

  StartController(
      Catalogue catalogue,
      Starting starting,
      Intake intake,
      Awaiting awaiting,
      Watchers watchers,
      ExecutionJson json,
      InstantSource clock) {
    this.catalogue = catalogue;
    this.starting = starting;
    this.intake = intake;
    this.awaiting = awaiting;
    this.watchers = watchers;
    this.json = json;
    this.clock = clock;
  }

  @Requires(Permission.START_EXECUTIONS)
  @PostMapping("/tasks/{task}/executions")
  ResponseEntity<JsonNode> start(
      @PathVariable String task, HttpServletRequest request, Caller caller)
      throws IOException, InterruptedException {
    StartRequest start = StartRequest.read(request, clock.instant());
    VersionName version =
        catalogue.name(caller.project(), task, start.version()).orElseThrow(Starting::absent);
    Optional<Earlier> earlier = intake.earlier(caller.project(), version.task(), start.key());
    if (earlier.isPresent()) {
      return again(earlier.get(), version, start, caller);
    }
    NewExecution execution =
        starting.ready(start, version, caller.project(), Origin.start(caller.actor())).execution();
    try (Watchers.Watch watch = watchers.watch(execution.id())) {
      return switch (intake.accept(execution)) {
        case Acceptance.Accepted(ExecutionId id) ->
            answer(id, version, start, awaiting.of(caller.project(), id, start.patience(), watch));
        case Earlier justNow -> again(justNow, version, start, caller);
        case Acceptance.Refused(Refusal refusal) -> throw Refusals.problem(refusal);
      };
    }
  }

  private ResponseEntity<JsonNode> again(
      Earlier earlier, VersionName version, StartRequest start, Caller caller)
      throws InterruptedException {
    return switch (earlier) {
      case Acceptance.Repeated(ExecutionId id, int number) ->
          repeated(id, new VersionName(version.task(), version.name(), number), start, caller);
      case Acceptance.Conflict() -> throw IdempotencyKeys.conflict();
    };
  }

  private ResponseEntity<JsonNode> repeated(
      ExecutionId id, VersionName version, StartRequest start, Caller caller)
      throws InterruptedException {
    try (Watchers.Watch watch = watchers.watch(id)) {
      if (start.patience().isPositive()) {
        awaiting.tell(caller.project(), id, start.patience(), watch);
      }
      return answer(id, version, start, awaiting.of(caller.project(), id, start.patience(), watch));
    }
  }

  /** 200 with the whole execution if it has ended, else 202. */
  private ResponseEntity<JsonNode> answer(
      ExecutionId id, VersionName version, StartRequest start, Optional<Detailed> ended) {
    URI location = URI.create("/executions/" + id);
    if (ended.isPresent()) {
      return ResponseEntity.ok()
          .location(location)
          .header("Preference-Applied", "wait=" + start.patience().toSeconds())
          .body(json.whole(ended.get()));
    }
    return ResponseEntity.accepted()
        .location(location)
        .body(json.accepted(id, version.task().toString(), version.name(), version.number()));
  }
}
