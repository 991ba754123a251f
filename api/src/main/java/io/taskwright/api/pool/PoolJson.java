package io.taskwright.api.pool;

import io.taskwright.store.pool.PoolView;
import io.taskwright.store.pool.PoolView.WorkerView;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Pools as the API shows them. */
final class PoolJson {
  private static final JsonMapper JSON = JsonMapper.shared();

  private PoolJson() {}

  static ObjectNode of(PoolView pool) {
    ObjectNode json = JSON.createObjectNode().put("name", pool.name());
    json.putObject("capacity")
        .put("slots", pool.slots())
        .put("used", pool.used())
        .put("free", Math.max(0, pool.slots() - pool.used()));
    json.set("runtimes", JSON.valueToTree(pool.runtimes()));
    json.putObject("queue")
        .put("waiting", pool.waiting())
        .put("running", pool.running())
        .put("oldest", text(pool.oldest()));
    ArrayNode workers = json.putArray("workers");
    pool.workers().forEach(worker -> workers.add(of(worker)));
    return json;
  }

  private static ObjectNode of(WorkerView worker) {
    ObjectNode json =
        JSON.createObjectNode()
            .put("id", worker.id())
            .put("host", worker.host())
            .put("version", worker.version())
            .put("state", worker.live() ? worker.draining() ? "DRAINING" : "LIVE" : "LOST")
            .put("slots", worker.slots())
            .put("used", worker.used());
    json.set("runtimes", JSON.valueToTree(worker.runtimes()));
    json.set("backEnds", JSON.readTree(worker.backEnds()));
    return json.put("startedAt", text(worker.startedAt())).put("seenAt", text(worker.seenAt()));
  }

  private static @Nullable String text(@Nullable Instant instant) {
    return instant == null ? null : instant.toString();
  }
}
