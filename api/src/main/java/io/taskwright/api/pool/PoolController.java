package io.taskwright.api.pool;

import io.taskwright.api.access.Caller;
import io.taskwright.api.access.Permission;
import io.taskwright.api.access.Requires;
import io.taskwright.api.problem.ProblemException;
import io.taskwright.store.pool.Pools;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What people see of pools. */
@RestController
final class PoolController {
  private final Pools pools;

  PoolController(Pools pools) {
    this.pools = pools;
  }

  @Requires(Permission.READ_POOLS)
  @GetMapping("/pools")
  JsonNode list(Caller caller) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode items = answer.putArray("items");
    pools.all(caller.project()).forEach(pool -> items.add(PoolJson.of(pool)));
    return answer;
  }

  @Requires(Permission.READ_POOLS)
  @GetMapping("/pools/{name}")
  JsonNode get(@PathVariable String name, Caller caller) {
    return PoolJson.of(
        pools
            .find(caller.project(), name)
            .orElseThrow(() -> ProblemException.notFound("such pool")));
  }
}
