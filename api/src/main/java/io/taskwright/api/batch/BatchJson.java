package io.taskwright.api.batch;

import io.taskwright.model.batch.Pace;
import io.taskwright.store.batch.Batch;
import io.taskwright.store.batch.Item;
import io.taskwright.store.batch.Operations;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Batches as the outer contract shows them. */
final class BatchJson {
  private static final JsonMapper JSON = JsonMapper.shared();

  private BatchJson() {}

  static ObjectNode batch(Batch batch) {
    ObjectNode json =
        JSON.createObjectNode()
            .put("id", batch.id().toString())
            .put("name", batch.name())
            .put("operation", batch.operation().word());
    json.set("parameters", Operations.parameters(batch.operation()));
    json.set("filter", batch.filter() == null ? null : JSON.readTree(batch.filter()));
    Pace pace = batch.pace();
    if (pace.rate() == 0) {
      json.putNull("rate");
    } else {
      json.put("rate", pace.rate());
    }
    json.put("jitter", pace.jitter().toString());
    Batch.Counts counts = batch.counts();
    json.put("state", batch.state().name())
        .put("total", counts.total())
        .put("done", counts.done())
        .put("succeeded", counts.succeeded())
        .put("failed", counts.failed())
        .put("skipped", counts.skipped())
        .put("progress", counts.total() == 0 ? 1.0 : (double) counts.done() / counts.total())
        .put("createdBy", batch.by())
        .put("createdAt", batch.createdAt().toString())
        .put("startedAt", text(batch.startedAt()))
        .put("endedAt", text(batch.endedAt()));
    if (batch.abortedBy() == null) {
      json.putNull("aborted");
    } else {
      json.putObject("aborted").put("by", batch.abortedBy()).put("reason", batch.abortReason());
    }
    json.putObject("links")
        .put("self", "/batches/" + batch.id())
        .put("items", "/batches/" + batch.id() + "/items");
    return json;
  }

  static ObjectNode item(Item item) {
    ObjectNode json =
        JSON.createObjectNode()
            .put("number", item.number())
            .put("execution", item.execution().toString())
            .put("status", item.status().name())
            .put("made", item.made() == null ? null : item.made().toString());
    if (item.code() == null) {
      json.putNull("problem");
    } else {
      json.putObject("problem").put("code", item.code()).put("detail", item.detail());
    }
    return json.put("at", text(item.at()));
  }

  private static @Nullable String text(@Nullable Instant instant) {
    return instant == null ? null : instant.toString();
  }
}
