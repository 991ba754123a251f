package io.taskwright.api.execution;

import io.taskwright.api.access.Caller;
import io.taskwright.api.access.Permission;
import io.taskwright.api.access.Requires;
import io.taskwright.api.body.Cursor;
import io.taskwright.api.body.Pages;
import io.taskwright.api.body.Parameters;
import io.taskwright.model.ExecutionId;
import io.taskwright.store.execution.Events;
import io.taskwright.store.execution.Events.Event;
import io.taskwright.store.execution.Executions;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Tells what happened to an execution, in order and with its causes. */
@RestController
final class TimelineController {
  private static final String LIST = "timeline";

  private final Executions executions;
  private final Events events;

  TimelineController(Executions executions, Events events) {
    this.executions = executions;
    this.events = events;
  }

  @Requires(Permission.READ_EXECUTIONS)
  @GetMapping("/executions/{id}/timeline")
  ResponseEntity<JsonNode> timeline(
      @PathVariable String id, HttpServletRequest request, Caller caller) {
    Parameters parameters = Parameters.of(request);
    int limit = parameters.limit();
    long after = parameters.one("cursor").map(cursor -> Cursor.number(cursor, LIST)).orElse(0L);
    ExecutionId execution = KnownExecutions.existing(executions, caller, id);
    return Pages.answer(
        request,
        events.timeline(execution, after, limit + 1),
        limit,
        TimelineController::json,
        event -> Cursor.of(LIST, Long.toString(event.seq())));
  }

  private static ObjectNode json(Event event) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("number", event.seq())
            .put("at", event.at().toString())
            .put("type", event.type());
    json.set("data", ExecutionJson.tree(event.data()));
    return json;
  }
}
