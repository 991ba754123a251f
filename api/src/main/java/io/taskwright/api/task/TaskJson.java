package io.taskwright.api.task;

import io.taskwright.store.catalogue.Archived;
import io.taskwright.store.catalogue.Draft;
import io.taskwright.store.catalogue.TaskVersion;
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

  /** {@code {id, name, version, state, createdAt, createdBy, …, …definition}}. */
  static JsonNode whole(TaskVersion version) {
    ObjectNode json = base(version);
    for (Map.Entry<String, JsonNode> field : JSON.readTree(version.definition()).properties()) {
      if (!json.has(field.getKey())) {
        json.set(field.getKey(), field.getValue());
      }
    }
    return json;
  }

  /** {@code {id, name, version, state, createdAt, createdBy, …, description?}}. */
  static JsonNode brief(TaskVersion version) {
    ObjectNode json = base(version);
    JsonNode description = JSON.readTree(version.definition()).get("description");
    if (description != null) {
      json.set("description", description);
    }
    return json;
  }

  private static ObjectNode base(TaskVersion version) {
    ObjectNode json =
        JSON.createObjectNode()
            .put("id", version.task().toString())
            .put("name", version.name())
            .put("version", version.number())
            .put("state", version.putAway() ? "archived" : "published")
            .put("createdAt", version.createdAt().toString())
            .put("createdBy", version.createdBy());
    if (!version.note().isEmpty()) {
      json.put("note", version.note());
    }
    ObjectNode origin = json.putObject("origin").put("kind", version.origin().kind().word());
    if (version.origin().version() != null) {
      origin.put("version", version.origin().version());
    }
    TaskVersion.SourceName source = version.source();
    if (source != null) {
      ObjectNode named = json.putObject("source").put("mediaType", source.mediaType());
      if (!source.file().isEmpty()) {
        named.put("file", source.file());
      }
      named.put("sha256", source.sha256());
    }
    Archived archived =
        version.taskArchived() != null ? version.taskArchived() : version.archived();
    if (archived != null) {
      json.putObject("archived").put("at", archived.at().toString()).put("by", archived.by());
    }
    return json;
  }

  /** A task of which there is only a draft. */
  static ObjectNode brief(Draft draft) {
    return JSON.createObjectNode()
        .put("id", draft.task().toString())
        .put("name", draft.name())
        .put("version", draft.basedOn())
        .put("state", "draft")
        .put("createdAt", draft.createdAt().toString())
        .put("createdBy", draft.createdBy());
  }

  /** Stored JSON as it was sent: numbers keep their digits. */
  static JsonNode tree(String json) {
    return JSON.readTree(json);
  }

  static String etag(TaskVersion version) {
    return etag(version.number());
  }

  static String etag(int number) {
    return "\"" + number + "\"";
  }
}
