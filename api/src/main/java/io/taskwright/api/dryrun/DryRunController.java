package io.taskwright.api.dryrun;

import io.taskwright.api.access.Caller;
import io.taskwright.api.access.Permission;
import io.taskwright.api.access.Requires;
import io.taskwright.api.execution.ExecutionJson;
import io.taskwright.api.execution.Watchers;
import io.taskwright.api.start.Awaiting;
import io.taskwright.api.start.Starting;
import io.taskwright.model.ExecutionId;
import io.taskwright.model.execution.DryRun;
import io.taskwright.model.execution.Origin;
import io.taskwright.store.catalogue.Catalogue;
import io.taskwright.store.catalogue.VersionName;
import io.taskwright.store.execution.DryRuns;
import io.taskwright.store.execution.ExecutionView.Detailed;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Starting tasks whose work is not done, to see what would be. */
@RestController
final class DryRunController {
  private final Catalogue catalogue;
  private final Starting starting;
  private final DryRuns dryRuns;
  private final Awaiting awaiting;
  private final Watchers watchers;
  private final ExecutionJson json;

  DryRunController(
      Catalogue catalogue,
      Starting starting,
      DryRuns dryRuns,
      Awaiting awaiting,
      Watchers watchers,
      ExecutionJson json) {
    this.catalogue = catalogue;
    this.starting = starting;
    this.dryRuns = dryRuns;
    this.awaiting = awaiting;
    this.watchers = watchers;
    this.json = json;
  }

  @Requires(Permission.START_EXECUTIONS)
  @PostMapping("/tasks/{task}/dry-run")
  ResponseEntity<JsonNode> dryRun(
      @PathVariable String task, HttpServletRequest request, Caller caller)
      throws IOException, InterruptedException {
    DryRunRequest asked = DryRunRequest.read(request);
    VersionName version =
        catalogue
            .name(caller.project(), task, asked.start().version())
            .orElseThrow(Starting::absent);
    Starting.Ready ready =
        starting.ready(asked.start(), version, caller.project(), Origin.start(caller.actor()));
    DryRun work = asked.mock().orElse(ready.definition().dryRun());
    ExecutionId id = ready.execution().id();
    URI location = URI.create("/executions/" + id);
    try (Watchers.Watch watch = watchers.watch(id)) {
      dryRuns.accept(ready.execution(), work);
      Optional<Detailed> ended = awaiting.of(caller.project(), id, asked.start().patience(), watch);
      return ended.isPresent()
          ? ResponseEntity.ok().location(location).body(json.dryRun(ended.get()))
          : ResponseEntity.accepted()
              .location(location)
              .body(json.accepted(id, version.task().toString(), version.name(), version.number()));
    }
  }
}
