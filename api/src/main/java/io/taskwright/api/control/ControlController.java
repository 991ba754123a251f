package io.taskwright.api.control;

import io.taskwright.api.access.Caller;
import io.taskwright.api.access.Permission;
import io.taskwright.api.access.Requires;
import io.taskwright.api.body.Bodies;
import io.taskwright.api.body.Envelope;
import io.taskwright.api.execution.KnownExecutions;
import io.taskwright.api.problem.ProblemCode;
import io.taskwright.api.problem.ProblemException;
import io.taskwright.api.start.StartRequest;
import io.taskwright.model.ExecutionId;
import io.taskwright.model.Violation;
import io.taskwright.model.execution.Status;
import io.taskwright.rules.Contracts;
import io.taskwright.store.execution.Commands;
import io.taskwright.store.execution.Commands.Order;
import io.taskwright.store.execution.Commands.Reply;
import io.taskwright.store.execution.ExecutionView;
import io.taskwright.store.execution.Executions;
import io.taskwright.store.execution.Repairs;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Commands on executions under way. What each does in which status, the table of commands says. */
@RestController
final class ControlController {
  private static final int MOST_BYTES = 16 << 10;

  private final Commands commands;
  private final Executions executions;
  private final Contracts contracts;
  private final Repairs repairs;

  ControlController(
      Commands commands, Executions executions, Contracts contracts, Repairs repairs) {
    this.commands = commands;
    this.executions = executions;
    this.contracts = contracts;
    this.repairs = repairs;
  }

  @Requires(Permission.CONTROL_EXECUTIONS)
  @PostMapping("/executions/{id}/cancel")
  ResponseEntity<JsonNode> cancel(
      @PathVariable String id, HttpServletRequest request, Caller caller) throws IOException {
    ObjectNode done = done(id, commands.cancel(reasoned(id, request, caller)));
    return ResponseEntity.accepted().body(done.put("cancellation", "requested"));
  }

  @Requires(Permission.CONTROL_EXECUTIONS)
  @PostMapping("/executions/{id}/terminate")
  ResponseEntity<JsonNode> terminate(
      @PathVariable String id, HttpServletRequest request, Caller caller) throws IOException {
    return accepted(id, commands.terminate(reasoned(id, request, caller)));
  }

  @Requires(Permission.CONTROL_EXECUTIONS)
  @PostMapping("/executions/{id}/pause")
  ResponseEntity<JsonNode> pause(@PathVariable String id, HttpServletRequest request, Caller caller)
      throws IOException {
    return accepted(id, commands.pause(reasoned(id, request, caller)));
  }

  @Requires(Permission.CONTROL_EXECUTIONS)
  @PostMapping("/executions/{id}/resume")
  ResponseEntity<JsonNode> resume(
      @PathVariable String id, HttpServletRequest request, Caller caller) throws IOException {
    return accepted(id, commands.resume(reasoned(id, request, caller)));
  }

  @Requires(Permission.CONTROL_EXECUTIONS)
  @PostMapping("/executions/{id}/priority")
  ResponseEntity<JsonNode> prioritize(
      @PathVariable String id, HttpServletRequest request, Caller caller) throws IOException {
    Envelope body = Envelope.of(Bodies.json(request, MOST_BYTES));
    int priority = body.requiredInteger("priority", 1, 5);
    return accepted(id, commands.prioritize(order(id, body, caller), priority));
  }

  @Requires(Permission.CONTROL_EXECUTIONS)
  @PostMapping("/executions/{id}/skip")
  ResponseEntity<JsonNode> skip(@PathVariable String id, HttpServletRequest request, Caller caller)
      throws IOException {
    Envelope body = Envelope.of(Bodies.json(request, StartRequest.MOST_BYTES));
    JsonNode output = body.required("output");
    Order order = order(id, body, caller);
    ExecutionView execution =
        executions
            .find(caller.project(), order.execution())
            .orElseThrow(KnownExecutions::absent)
            .execution();
    List<Violation> violations =
        contracts
            .find(execution.task(), execution.taskVersion())
            .map(contract -> contract.outputViolations(output))
            .orElse(List.of());
    if (!violations.isEmpty()) {
      throw new ProblemException(
          ProblemCode.OUTPUT_INVALID, "nothing was changed; correct the output", violations);
    }
    return accepted(id, commands.skip(order, output.toString()));
  }

  /** Brings a damaged row back in line with what is on record of the execution. */
  @Requires(Permission.CONTROL_EXECUTIONS)
  @PostMapping("/executions/{id}/repair")
  ResponseEntity<JsonNode> repair(
      @PathVariable String id, HttpServletRequest request, Caller caller) throws IOException {
    Envelope.of(Bodies.jsonIfAny(request, MOST_BYTES)).end();
    ExecutionId execution = KnownExecutions.existing(executions, caller, id);
    List<String> repaired =
        repairs
            .repair(execution)
            .orElseThrow(() ->
                new ProblemException(ProblemCode.ALREADY_ENDED, "what has ended is not touched"));
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("id", execution.toString());
    repaired.forEach(json.putArray("repaired")::add);
    return ResponseEntity.ok(json);
  }

  private static Order reasoned(String id, HttpServletRequest request, Caller caller)
      throws IOException {
    return order(id, Envelope.of(Bodies.jsonIfAny(request, MOST_BYTES)), caller);
  }

  private static Order order(String id, Envelope body, Caller caller) {
    String reason = body.reason();
    body.end();
    return new Order(caller.project(), KnownExecutions.id(id), caller.actor(), reason);
  }

  private static ResponseEntity<JsonNode> accepted(String id, Reply reply) {
    return ResponseEntity.accepted().body(done(id, reply));
  }

  private static ObjectNode done(String id, Reply reply) {
    return switch (reply) {
      case Reply.Done(Status status) ->
          JsonNodeFactory.instance.objectNode().put("id", id).put("status", status.name());
      case Reply.Ended(Status status) ->
          throw new ProblemException(
              ProblemCode.ALREADY_ENDED, "it has ended " + status + "; nothing was changed");
      case Reply.NotPaused(Status status) ->
          throw new ProblemException(
              ProblemCode.NOT_PAUSED, "it is " + status + "; only a paused one can be resumed");
      case Reply.Absent() -> throw KnownExecutions.absent();
    };
  }
}
