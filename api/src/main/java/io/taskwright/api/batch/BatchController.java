package io.taskwright.api.batch;

import io.taskwright.api.access.Caller;
import io.taskwright.api.access.Permission;
import io.taskwright.api.access.Requires;
import io.taskwright.api.body.Bodies;
import io.taskwright.api.body.Cursor;
import io.taskwright.api.body.Envelope;
import io.taskwright.api.body.Pages;
import io.taskwright.api.body.Parameters;
import io.taskwright.api.problem.ProblemCode;
import io.taskwright.api.problem.ProblemException;
import io.taskwright.model.BatchId;
import io.taskwright.model.execution.Status;
import io.taskwright.store.batch.Batch;
import io.taskwright.store.batch.Batches;
import io.taskwright.store.batch.Item;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Looking at batches and ending them early. */
@RestController
final class BatchController {
  private static final String LIST = "batches";
  private static final String ITEMS = "batch-items";
  private static final int MOST_BYTES = 16 << 10;

  private final Batches batches;

  BatchController(Batches batches) {
    this.batches = batches;
  }

  @Requires(Permission.READ_EXECUTIONS)
  @GetMapping("/batches")
  ResponseEntity<JsonNode> list(HttpServletRequest request, Caller caller) {
    Parameters parameters = Parameters.of(request);
    int limit = parameters.limit();
    List<Batch> page =
        batches.page(
            caller.project(),
            parameters
                .one("state")
                .map(word -> word("state", word, Batch.State.values()))
                .orElse(null),
            parameters
                .one("cursor")
                .map(cursor ->
                    BatchId.parse(Cursor.read(cursor, LIST, 1).getFirst())
                        .orElseThrow(Cursor::invalid))
                .orElse(null),
            limit + 1);
    return Pages.answer(
        request, page, limit, BatchJson::batch, batch -> Cursor.of(LIST, batch.id().toString()));
  }

  @Requires(Permission.READ_EXECUTIONS)
  @GetMapping("/batches/{id}")
  ObjectNode get(@PathVariable String id, Caller caller) {
    Batch batch = find(id, caller);
    ObjectNode json = BatchJson.batch(batch);
    ObjectNode made = json.putObject("made");
    for (Map.Entry<Status, Integer> entry : batches.made(batch.id()).entrySet()) {
      made.put(entry.getKey().name(), entry.getValue());
    }
    return json;
  }

  @Requires(Permission.READ_EXECUTIONS)
  @GetMapping("/batches/{id}/items")
  ResponseEntity<JsonNode> items(
      @PathVariable String id, HttpServletRequest request, Caller caller) {
    Parameters parameters = Parameters.of(request);
    int limit = parameters.limit();
    List<Item> page =
        batches.items(
            find(id, caller).id(),
            parameters
                .one("status")
                .map(word -> word("status", word, Item.Status.values()))
                .orElse(null),
            parameters.one("cursor").map(BatchController::number).orElse(0),
            limit + 1);
    return Pages.answer(
        request,
        page,
        limit,
        BatchJson::item,
        item -> Cursor.of(ITEMS, Integer.toString(item.number())));
  }

  @Requires(Permission.CONTROL_EXECUTIONS)
  @PostMapping("/batches/{id}/abort")
  ObjectNode abort(@PathVariable String id, HttpServletRequest request, Caller caller)
      throws IOException {
    Envelope body = Envelope.of(Bodies.jsonIfAny(request, MOST_BYTES));
    String reason = body.reason();
    body.end();
    Batch batch =
        BatchId.parse(id)
            .flatMap(it -> batches.abort(caller.project(), it, caller.key(), reason))
            .orElseThrow(BatchController::absent);
    if (batch.state() != Batch.State.ABORTED) {
      throw new ProblemException(
          ProblemCode.ALREADY_ENDED, "every execution of the batch had its turn");
    }
    return BatchJson.batch(batch);
  }

  private Batch find(String id, Caller caller) {
    return BatchId.parse(id)
        .flatMap(it -> batches.find(caller.project(), it))
        .orElseThrow(BatchController::absent);
  }

  private static ProblemException absent() {
    return ProblemException.notFound("such batch");
  }

  private static <T extends Enum<T>> T word(String name, String word, T[] values) {
    return Arrays.stream(values)
        .filter(value -> value.name().equals(word))
        .findFirst()
        .orElseThrow(() -> Parameters.wrong(name, "must be one of " + List.of(values)));
  }

  private static int number(String cursor) {
    String text = Cursor.read(cursor, ITEMS, 1).getFirst();
    if (!text.matches("[0-9]{1,7}")) {
      throw Cursor.invalid();
    }
    return Integer.parseInt(text);
  }
}
