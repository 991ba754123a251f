package io.taskwright.api.execution;

import io.taskwright.api.access.Caller;
import io.taskwright.api.access.Permission;
import io.taskwright.api.access.Requires;
import io.taskwright.api.problem.ProblemCode;
import io.taskwright.api.problem.ProblemException;
import io.taskwright.model.ExecutionId;
import io.taskwright.model.Project;
import io.taskwright.model.Violation;
import io.taskwright.model.definition.TaskDefinition;
import io.taskwright.model.definition.Work;
import io.taskwright.model.execution.Routing;
import io.taskwright.rules.Contracts;
import io.taskwright.rules.TaskContract;
import io.taskwright.store.Ids;
import io.taskwright.store.catalogue.Catalogue;
import io.taskwright.store.catalogue.TaskVersion;
import io.taskwright.store.execution.ExecutionView.Detailed;
import io.taskwright.store.execution.Executions;
import io.taskwright.store.execution.Intake;
import io.taskwright.store.execution.Intake.Acceptance;
import io.taskwright.store.execution.NewExecution;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Starting tasks. */
@RestController
final class StartController {
  private final Catalogue catalogue;
  private final Contracts contracts;
  private final Routing routing;
  private final Intake intake;
  private final Executions executions;
  private final Watchers watchers;
  private final ExecutionJson json;
  private final InstantSource clock;

  StartController(
      Catalogue catalogue,
      Contracts contracts,
      Routing routing,
      Intake intake,
      Executions executions,
      Watchers watchers,
      ExecutionJson json,
      InstantSource clock) {
    this.catalogue = catalogue;
    this.contracts = contracts;
    this.routing = routing;
    this.intake = intake;
    this.executions = executions;
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
    TaskVersion version =
        catalogue
            .find(caller.project(), task, start.version())
            .orElseThrow(() -> ProblemException.notFound("such task, or no such version of it"));
    NewExecution execution = execution(start, version, caller);
    try (Watchers.Watch watch = watchers.watch(execution.id())) {
      return switch (intake.accept(execution)) {
        case Acceptance.Accepted(ExecutionId id) ->
            answer(id, version, start.patience(), caller.project(), watch);
        case Acceptance.Repeated(ExecutionId id) -> repeated(id, version, start, caller);
        case Acceptance.Conflict() ->
            throw new ProblemException(
                ProblemCode.IDEMPOTENCY_CONFLICT,
                "this Idempotency-Key came before with another body; use a new key");
      };
    }
  }

  private NewExecution execution(StartRequest start, TaskVersion version, Caller caller) {
    TaskContract contract =
        contracts
            .find(version.task(), version.number())
            .orElseThrow(() ->
                new ProblemException(
                    ProblemCode.DEFINITION_INVALID,
                    "version "
                        + version.number()
                        + " of the task is not valid any more; make a new version"));
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
    return new NewExecution(
        new ExecutionId(Ids.next()),
        caller.project(),
        version.task(),
        version.name(),
        version.number(),
        routing.route(work).pool(),
        start.priority(),
        input.toString(),
        start.labels(),
        caller.actor(),
        start.startAt(),
        definition.timeouts().queue(),
        start.key(),
        start.patience().isPositive());
  }

  private ResponseEntity<JsonNode> repeated(
      ExecutionId id, TaskVersion version, StartRequest start, Caller caller)
      throws InterruptedException {
    try (Watchers.Watch watch = watchers.watch(id)) {
      return answer(id, version, start.patience(), caller.project(), watch);
    }
  }

  /** 200 with the whole execution if it ends within the time, else 202. */
  private ResponseEntity<JsonNode> answer(
      ExecutionId id, TaskVersion version, Duration wait, Project project, Watchers.Watch watch)
      throws InterruptedException {
    URI location = URI.create("/executions/" + id);
    long deadline = System.nanoTime() + wait.toNanos();
    if (wait.isPositive() && ends(project, id, deadline, watch)) {
      Detailed ended = executions.find(project, id).orElseThrow();
      return ResponseEntity.ok()
          .location(location)
          .header("Preference-Applied", "wait=" + wait.toSeconds())
          .body(json.whole(ended));
    }
    return ResponseEntity.accepted()
        .location(location)
        .body(json.accepted(id, version.task().toString(), version.name(), version.number()));
  }

  private boolean ends(Project project, ExecutionId id, long deadline, Watchers.Watch watch)
      throws InterruptedException {
    while (true) {
      Duration left = Duration.ofNanos(deadline - System.nanoTime());
      if (!left.isPositive()) {
        return false;
      }
      watch.await(left.compareTo(RECHECK) < 0 ? left : RECHECK);
      if (executions
          .watch(project, id, RECHECK.multipliedBy(2))
          .filter(position -> position.status().ended())
          .isPresent()) {
        return true;
      }
    }
  }

  /** Notifications are hints; a lost one costs at most this. */
  private static final Duration RECHECK = Duration.ofSeconds(5);
}
