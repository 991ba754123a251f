package io.taskwright.api.execution;

import io.taskwright.api.access.Caller;
import io.taskwright.api.access.Permission;
import io.taskwright.api.access.Requires;
import io.taskwright.api.body.Cursor;
import io.taskwright.api.body.Pages;
import io.taskwright.api.body.Parameters;
import io.taskwright.model.ExecutionId;
import io.taskwright.model.execution.Status;
import io.taskwright.store.execution.ExecutionView.Detailed;
import io.taskwright.store.execution.Executions;
import io.taskwright.store.execution.Executions.Filter;
import io.taskwright.store.execution.Waits;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Looking at executions. */
@RestController
final class ExecutionController {
  private static final String LIST = "executions";

  private final Executions executions;
  private final ExecutionFilters filters;
  private final EventStream stream;
  private final ExecutionJson json;
  private final Waits waits;

  ExecutionController(
      Executions executions,
      ExecutionFilters filters,
      EventStream stream,
      ExecutionJson json,
      Waits waits) {
    this.executions = executions;
    this.filters = filters;
    this.stream = stream;
    this.json = json;
    this.waits = waits;
  }

  @Requires(Permission.READ_EXECUTIONS)
  @GetMapping("/executions/{id}")
  ObjectNode get(@PathVariable String id, Caller caller) {
    Detailed found =
        executions
            .find(caller.project(), KnownExecutions.id(id))
            .orElseThrow(KnownExecutions::absent);
    ObjectNode whole = json.whole(found);
    if (found.execution().status() == Status.RECEIVED) {
      waits.of(found.execution().id()).ifPresent(wait -> whole.set("waiting", json.waiting(wait)));
    }
    return whole;
  }

  @Requires(Permission.READ_EXECUTIONS)
  @GetMapping("/executions")
  ResponseEntity<JsonNode> list(HttpServletRequest request, Caller caller) {
    Parameters parameters = Parameters.of(request);
    int limit = parameters.limit();
    Filter filter =
        filters.of(
            caller.project(),
            parameters,
            parameters.one("cursor").map(ExecutionController::place).orElse(null));
    return Pages.answer(
        request,
        executions.page(caller.project(), filter, limit + 1),
        limit,
        json::brief,
        view -> Cursor.of(LIST, view.id().toString()));
  }

  @Requires(Permission.READ_EXECUTIONS)
  @GetMapping(value = "/executions/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  void events(
      @PathVariable String id,
      HttpServletRequest request,
      HttpServletResponse response,
      Caller caller)
      throws IOException, InterruptedException {
    stream.send(
        caller.project(), KnownExecutions.id(id), request.getHeader("Last-Event-ID"), response);
  }

  private static ExecutionId place(String cursor) {
    return ExecutionId.parse(Cursor.read(cursor, LIST, 1).getFirst()).orElseThrow(Cursor::invalid);
  }
}
