package io.taskwright.api.control;

import io.taskwright.api.access.Caller;
import io.taskwright.api.access.Permission;
import io.taskwright.api.access.Requires;
import io.taskwright.api.body.Bodies;
import io.taskwright.api.body.Cursor;
import io.taskwright.api.body.Envelope;
import io.taskwright.api.body.Pages;
import io.taskwright.api.body.Parameters;
import io.taskwright.api.execution.KnownExecutions;
import io.taskwright.api.execution.SignalJson;
import io.taskwright.api.problem.ProblemCode;
import io.taskwright.api.problem.ProblemException;
import io.taskwright.api.start.IdempotencyKeys;
import io.taskwright.api.start.StartRequest;
import io.taskwright.api.start.Starting;
import io.taskwright.model.ExecutionId;
import io.taskwright.model.Violation;
import io.taskwright.model.definition.TaskDefinition;
import io.taskwright.model.execution.Status;
import io.taskwright.rules.Contracts;
import io.taskwright.rules.TaskContract;
import io.taskwright.store.execution.ExecutionView;
import io.taskwright.store.execution.Executions;
import io.taskwright.store.execution.NewExecution.StartKey;
import io.taskwright.store.execution.Signals;
import io.taskwright.store.execution.Signals.Kept;
import io.taskwright.store.execution.Signals.Reply;
import io.taskwright.store.execution.Signals.Sending;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Telling executions what their tasks declare, and looking at what they were told. */
@RestController
final class SignalController {
  private static final String LIST = "signals";

  private final Signals signals;
  private final Executions executions;
  private final Contracts contracts;

  SignalController(Signals signals, Executions executions, Contracts contracts) {
    this.signals = signals;
    this.executions = executions;
    this.contracts = contracts;
  }

  @Requires(Permission.CONTROL_EXECUTIONS)
  @PostMapping("/executions/{id}/signals/{name}")
  ResponseEntity<JsonNode> send(
      @PathVariable String id, @PathVariable String name, HttpServletRequest request, Caller caller)
      throws IOException {
    JsonNode json = Bodies.jsonIfAny(request, StartRequest.MOST_BYTES);
    Envelope body = Envelope.of(json);
    JsonNode payload = body.any("payload").orElseGet(JsonNodeFactory.instance::nullNode);
    body.end();
    StartKey key = IdempotencyKeys.of(request, name + " " + json);
    ExecutionView execution =
        executions
            .find(caller.project(), KnownExecutions.id(id))
            .orElseThrow(KnownExecutions::absent)
            .execution();
    Reply reply = signals.send(checked(execution, name, payload, key, caller));
    return switch (reply) {
      case Reply.Sent(Kept signal) -> accepted(execution.id(), signal);
      case Reply.Ended(Status status) -> throw ended(status);
      case Reply.Full(String why) -> throw new ProblemException(ProblemCode.SIGNALS_FULL, why);
      case Reply.Conflict() -> throw IdempotencyKeys.conflict();
      case Reply.Absent() -> throw KnownExecutions.absent();
    };
  }

  private Sending checked(
      ExecutionView execution,
      String name,
      JsonNode payload,
      @Nullable StartKey key,
      Caller caller) {
    TaskContract contract =
        contracts
            .find(execution.task(), execution.taskVersion())
            .orElseThrow(() -> Starting.outdated(execution.taskVersion()));
    TaskDefinition definition = contract.definition();
    boolean known = definition.signals().containsKey(name);
    JsonNode whole = contract.withDefaults(name, payload);
    List<Violation> violations = contract.payloadViolations(name, whole);
    if ((!known || !violations.isEmpty()) && execution.status().ended()) {
      throw ended(execution.status());
    }
    if (!known) {
      throw new ProblemException(ProblemCode.UNKNOWN_SIGNAL, unknown(name, definition));
    }
    if (!violations.isEmpty()) {
      throw new ProblemException(
          ProblemCode.PAYLOAD_INVALID, "nothing was kept; correct the payload", violations);
    }
    return new Sending(
        caller.project(),
        execution.id(),
        caller.actor(),
        name,
        whole.toString(),
        key,
        definition.timeouts().queue());
  }

  private static String unknown(String name, TaskDefinition definition) {
    String declared =
        definition.signals().isEmpty()
            ? "none"
            : "only " + String.join(", ", definition.signals().keySet());
    return "its task declares no signal '%s', %s; nothing was kept".formatted(name, declared);
  }

  private static ProblemException ended(Status status) {
    return new ProblemException(
        ProblemCode.ALREADY_ENDED, "it has ended " + status + "; nothing was kept");
  }

  private static ResponseEntity<JsonNode> accepted(ExecutionId id, Kept signal) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", id.toString())
            .put("status", signal.status().name());
    json.set("signal", SignalJson.brief(signal));
    return ResponseEntity.accepted().body(json);
  }

  @Requires(Permission.READ_EXECUTIONS)
  @GetMapping("/executions/{id}/signals")
  ResponseEntity<JsonNode> list(
      @PathVariable String id, HttpServletRequest request, Caller caller) {
    Parameters parameters = Parameters.of(request);
    int limit = parameters.limit();
    long after = parameters.one("cursor").map(cursor -> Cursor.number(cursor, LIST)).orElse(0L);
    ExecutionId execution = KnownExecutions.existing(executions, caller, id);
    return Pages.answer(
        request,
        signals.list(execution, after, limit + 1),
        limit,
        SignalJson::of,
        signal -> Cursor.of(LIST, Integer.toString(signal.number())));
  }
}
