package io.taskwright.api.setting;

import io.taskwright.api.access.Caller;
import io.taskwright.api.access.Permission;
import io.taskwright.api.access.Requires;
import io.taskwright.api.body.Bodies;
import io.taskwright.api.body.Envelope;
import io.taskwright.store.limit.ProjectLimit;
import io.taskwright.store.limit.ProjectLimits;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** What the caller's project may have of executions in all. */
@RestController
final class LimitController {
  private static final int MOST_BYTES = 16 << 10;

  private final ProjectLimits limits;

  LimitController(ProjectLimits limits) {
    this.limits = limits;
  }

  @Requires(Permission.MANAGE_PROJECTS)
  @GetMapping("/settings/limits")
  ObjectNode get(Caller caller) {
    return ProjectLimitJson.of(limits.use(caller.project()));
  }

  /** Replaces all of them: what is left out or null is not limited any more. */
  @Requires(Permission.MANAGE_PROJECTS)
  @PutMapping("/settings/limits")
  ObjectNode put(HttpServletRequest request, Caller caller) throws IOException {
    Envelope body = Envelope.of(Bodies.json(request, MOST_BYTES));
    ProjectLimit limit =
        new ProjectLimit(
            body.integer("inFlight", 1, ProjectLimit.MOST),
            body.integer("quota", 1, ProjectLimit.MOST),
            body.integer("startsPerMinute", 1, ProjectLimit.MOST));
    body.end();
    limits.set(caller.project(), limit, caller.actor());
    return ProjectLimitJson.of(limits.use(caller.project()));
  }
}
