package io.taskwright.api.start;

import io.taskwright.api.access.Caller;
import io.taskwright.api.access.Permission;
import io.taskwright.api.access.Requires;
import io.taskwright.api.body.Bodies;
import io.taskwright.api.body.Envelope;
import io.taskwright.api.problem.Problems;
import io.taskwright.store.execution.NewExecution.StartKey;
import io.taskwright.store.execution.StartBatches;
import io.taskwright.store.execution.StartBatches.Answer;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Starting many executions with one request. */
@RestController
final class BatchStartController {
  private static final int MOST_BYTES = 16 << 20;
  private static final int MOST_ITEMS = 1_000;

  private final BatchStart starts;
  private final StartBatches batches;
  private final InstantSource clock;

  BatchStartController(BatchStart starts, StartBatches batches, InstantSource clock) {
    this.starts = starts;
    this.batches = batches;
    this.clock = clock;
  }

  @Requires(Permission.START_EXECUTIONS)
  @PostMapping("/executions/batch")
  ResponseEntity<String> start(HttpServletRequest request, Caller caller) throws IOException {
    JsonNode json = Bodies.json(request, MOST_BYTES);
    Envelope body = Envelope.of(json);
    List<JsonNode> items = body.requiredList("items", MOST_ITEMS);
    body.end();
    StartKey key = IdempotencyKeys.of(request, json.toString());
    String trace = Problems.trace(request);
    if (key == null) {
      return multiStatus(starts.prepare(items, caller, clock.instant()).accept(trace));
    }
    Answer answer =
        batches
            .earlier(caller.project(), key)
            .orElseGet(() -> {
              BatchStart.Prepared prepared = starts.prepare(items, caller, clock.instant());
              return batches.once(caller.project(), key, () -> prepared.accept(trace));
            });
    return switch (answer) {
      case Answer.Given(String given) -> multiStatus(given);
      case Answer.Conflict() -> throw IdempotencyKeys.conflict();
    };
  }

  private static ResponseEntity<String> multiStatus(String answer) {
    return ResponseEntity.status(HttpStatus.MULTI_STATUS)
        .contentType(MediaType.APPLICATION_JSON)
        .body(answer);
  }
}
