package io.taskwright.api.health;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.taskwright.api.access.OpenToAll;
import io.taskwright.api.access.Permission;
import io.taskwright.api.access.Requires;
import io.taskwright.store.Database;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Health, metrics, and the contract itself. */
@RestController
final class HealthController {
  private final Database database;
  private final PrometheusMeterRegistry metrics;

  HealthController(Database database, PrometheusMeterRegistry metrics) {
    this.database = database;
    this.metrics = metrics;
  }

  @OpenToAll
  @GetMapping("/health/live")
  JsonNode live() {
    return JsonNodeFactory.instance.objectNode().put("status", "UP");
  }

  /** Ready while starts can be taken; they wait in the database if Temporal is away. */
  @OpenToAll
  @GetMapping("/health/ready")
  ResponseEntity<JsonNode> ready() {
    boolean up = database.answers();
    return ResponseEntity.status(up ? 200 : 503)
        .body(JsonNodeFactory.instance.objectNode().put("status", up ? "UP" : "DOWN"));
  }

  @Requires(Permission.READ_METRICS)
  @GetMapping(value = "/metrics", produces = "text/plain;version=0.0.4;charset=utf-8")
  String metrics() {
    return metrics.scrape();
  }

  @Requires(Permission.READ_CONTRACT)
  @GetMapping(value = "/openapi.json", produces = MediaType.APPLICATION_JSON_VALUE)
  byte[] contract() throws IOException {
    try (InputStream in = HealthController.class.getResourceAsStream("/openapi.json")) {
      if (in == null) {
        throw new IllegalStateException("openapi.json is not in the jar");
      }
      return in.readAllBytes();
    }
  }
}
