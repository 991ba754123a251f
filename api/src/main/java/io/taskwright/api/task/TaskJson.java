package io.taskwright.api.task;

import io.taskwright.store.catalogue.TaskVersion;
import java.util.Arrays;
import java.util.Map;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Tasks as the outer contract shows them. */
final class TaskJson {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private TaskJson() {}

  /** {@code {id, name, version, createdAt, createdBy, …definition}}. */
  static JsonNode whole(TaskVersion version) {
    ObjectNode json = base(version);
    for (Map.Entry<String, JsonNode> field : JSON.readTree(version.definition()).properties()) {
      if (!json.has(field.getKey())) {
        json.set(field.getKey(), field.getValue());
      }
    }
    return json;
  }

  /** {@code {id, name, version, createdAt, createdBy, description?}}. */
  static JsonNode brief(TaskVersion version) {
    ObjectNode json = base(version);
    JsonNode description = JSON.readTree(version.definition()).get("description");
    if (description != null) {
      json.set("description", description);
    }
    return json;
  }

  private static ObjectNode base(TaskVersion version) {
    return JSON.createObjectNode()
        .put("id", version.task().toString())
        .put("name", version.name())
        .put("version", version.number())
        .put("createdAt", version.createdAt().toString())
        .put("createdBy", version.createdBy());
  }

  static String etag(TaskVersion version) {
    return "\"" + version.number() + "\"";
  }

  /** Whether an If-Match names the version; weak tags never do. */
  static boolean matches(String ifMatch, TaskVersion version) {
    return ifMatch.strip().equals("*")
        || Arrays.stream(ifMatch.split(",", -1)).anyMatch(tag -> tag.strip().equals(etag(version)));
  }
}
