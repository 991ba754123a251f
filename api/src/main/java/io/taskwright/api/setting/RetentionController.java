package io.taskwright.api.setting;

import io.taskwright.api.access.Caller;
import io.taskwright.api.access.Permission;
import io.taskwright.api.access.Requires;
import io.taskwright.api.body.Bodies;
import io.taskwright.api.body.Cursor;
import io.taskwright.api.body.Envelope;
import io.taskwright.api.body.Pages;
import io.taskwright.api.body.Parameters;
import io.taskwright.store.retention.Keep;
import io.taskwright.store.retention.Purged;
import io.taskwright.store.retention.Retention;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** How long a project keeps what has ended, and what was removed since. */
@RestController
final class RetentionController {
  private static final String PURGES = "purges";
  private static final String FOREVER = "forever";
  private static final int MOST_BYTES = 4 << 10;

  private final Retention retention;

  RetentionController(Retention retention) {
    this.retention = retention;
  }

  @Requires(Permission.MANAGE_SETTINGS)
  @GetMapping("/settings/retention")
  ObjectNode get(Caller caller) {
    return json(retention.of(caller.project()));
  }

  @Requires(Permission.MANAGE_SETTINGS)
  @PutMapping("/settings/retention")
  ObjectNode put(HttpServletRequest request, Caller caller) throws IOException {
    Envelope body = Envelope.of(Bodies.json(request, MOST_BYTES));
    boolean forever = body.requiredText("executions").equals(FOREVER);
    Optional<Duration> executions =
        forever ? Optional.empty() : body.duration("executions", Keep.LEAST, Keep.MOST);
    Duration most = executions.orElse(Keep.MOST);
    Optional<Duration> logs = part(body, "logs", most);
    Optional<Duration> artifacts = part(body, "artifacts", most);
    body.end();
    return json(retention.set(caller.project(), executions, logs, artifacts, caller.key()));
  }

  /** What belongs to executions cannot be kept longer than they are. */
  private static Optional<Duration> part(Envelope body, String name, Duration most) {
    return body.duration(name, Keep.LEAST, most);
  }

  @Requires(Permission.MANAGE_SETTINGS)
  @GetMapping("/settings/retention/purges")
  ResponseEntity<JsonNode> purges(HttpServletRequest request, Caller caller) {
    Parameters parameters = Parameters.of(request);
    int limit = parameters.limit();
    return Pages.answer(
        request,
        retention.purges(
            caller.project(),
            parameters.one("cursor").map(cursor -> Cursor.number(cursor, PURGES)).orElse(null),
            limit + 1),
        limit,
        RetentionController::json,
        purged -> Cursor.of(PURGES, Long.toString(purged.id())));
  }

  private static ObjectNode json(Keep keep) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("executions", keep.executions().map(RetentionController::text).orElse(FOREVER))
        .put("logs", keep.logs().map(RetentionController::text).orElse(null))
        .put("artifacts", keep.artifacts().map(RetentionController::text).orElse(null))
        .put("setBy", keep.by())
        .put("setAt", keep.at() == null ? null : keep.at().toString());
  }

  private static ObjectNode json(Purged purged) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("begunAt", purged.begunAt().toString())
        .put("endedAt", purged.endedAt().toString())
        .put("keep", purged.keep().executions().map(RetentionController::text).orElse(FOREVER))
        .put("keepLogs", purged.keep().logs().map(RetentionController::text).orElse(null))
        .put("keepArtifacts", purged.keep().artifacts().map(RetentionController::text).orElse(null))
        .put("setBy", purged.keep().by())
        .put("executions", purged.executions())
        .put("attempts", purged.attempts())
        .put("events", purged.events())
        .put("logs", purged.logs())
        .put("artifacts", purged.artifacts())
        .put("batches", purged.batches())
        .put("bundles", purged.bundles());
  }

  /** Whole days as days. */
  private static String text(Duration duration) {
    return duration.equals(Duration.ofDays(duration.toDays()))
        ? "P" + duration.toDays() + "D"
        : duration.toString();
  }
}
