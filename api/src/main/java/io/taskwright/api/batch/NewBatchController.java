package io.taskwright.api.batch;

import io.taskwright.api.access.Caller;
import io.taskwright.api.access.Permission;
import io.taskwright.api.access.Requires;
import io.taskwright.api.body.Bodies;
import io.taskwright.api.body.Envelope;
import io.taskwright.api.execution.ExecutionFilters;
import io.taskwright.api.execution.ExecutionSample;
import io.taskwright.api.problem.ProblemCode;
import io.taskwright.api.problem.ProblemException;
import io.taskwright.api.start.IdempotencyKeys;
import io.taskwright.model.BatchId;
import io.taskwright.model.ExecutionId;
import io.taskwright.model.Violation;
import io.taskwright.store.Ids;
import io.taskwright.store.batch.Batch;
import io.taskwright.store.batch.Batches;
import io.taskwright.store.batch.Batches.Creation;
import io.taskwright.store.batch.Batches.Size;
import io.taskwright.store.batch.NewBatch;
import io.taskwright.store.batch.Selection;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Making batches, and saying what one would do. */
@RestController
final class NewBatchController {
  private static final int MOST_BYTES = 4 << 20;
  private static final int MOST_SHOWN = 20;

  private final Batches batches;
  private final ExecutionFilters filters;
  private final ExecutionSample sample;

  NewBatchController(Batches batches, ExecutionFilters filters, ExecutionSample sample) {
    this.batches = batches;
    this.filters = filters;
    this.sample = sample;
  }

  @Requires(Permission.CONTROL_EXECUTIONS)
  @PostMapping("/batches")
  ResponseEntity<JsonNode> create(HttpServletRequest request, Caller caller) throws IOException {
    JsonNode json = Bodies.json(request, MOST_BYTES);
    BatchRequest asked = read(json, caller);
    NewBatch batch =
        new NewBatch(
            new BatchId(Ids.next()),
            caller.project(),
            asked.name().isEmpty() ? asked.operation().word() : asked.name(),
            asked.operation(),
            asked.selection(),
            asked.filter(),
            asked.pace(),
            asked.expected(),
            caller.key(),
            IdempotencyKeys.of(request, json.toString()));
    return switch (batches.create(batch)) {
      case Creation.Created(Batch made) -> created(made);
      case Creation.Repeated(Batch before) -> created(before);
      case Creation.Conflict() -> throw IdempotencyKeys.conflict();
      case Creation.TooMany() ->
          throw new ProblemException(
              ProblemCode.TOO_MANY_EXECUTIONS,
              "a batch has at most %d executions; narrow the filter".formatted(Batches.MOST));
      case Creation.OtherCount(int found) ->
          throw new ProblemException(
              ProblemCode.COUNT_DIFFERS,
              "there are %d executions, and %d were expected; nothing was made"
                  .formatted(found, asked.expected().orElse(0)));
    };
  }

  @Requires(Permission.CONTROL_EXECUTIONS)
  @PostMapping("/batches/preview")
  ObjectNode preview(HttpServletRequest request, Caller caller) throws IOException {
    BatchRequest asked = read(Bodies.json(request, MOST_BYTES), caller);
    Size size = batches.size(caller.project(), asked.selection(), asked.operation());
    ObjectNode answer =
        JsonNodeFactory.instance
            .objectNode()
            .put("operation", asked.operation().word())
            .put("count", Math.min(size.count(), Batches.MOST))
            .put("tooMany", size.count() > Batches.MOST)
            .put("fitting", size.fitting());
    answer.set("sample", sample.of(caller.project(), asked.selection()));
    return answer;
  }

  private BatchRequest read(JsonNode json, Caller caller) {
    BatchRequest asked = BatchRequest.read(Envelope.of(json), caller.project(), filters);
    if (asked.selection() instanceof Selection.Named(List<ExecutionId> ids)) {
      Set<ExecutionId> unknown = new HashSet<>(batches.unknown(caller.project(), ids));
      List<Violation> violations = new ArrayList<>();
      for (int i = 0; i < ids.size() && violations.size() < MOST_SHOWN; i++) {
        if (unknown.contains(ids.get(i))) {
          violations.add(BatchRequest.unknown(i));
        }
      }
      BatchRequest.refuse(violations);
    }
    return asked;
  }

  private static ResponseEntity<JsonNode> created(Batch batch) {
    return ResponseEntity.created(URI.create("/batches/" + batch.id()))
        .body(BatchJson.batch(batch));
  }
}
