package io.taskwright.api.task;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an archive of definitions says about itself, in the file {@code taskwright.json}: which
 * files are definitions, and which bundle the files that one names became.
 *
 * @param tasks the digests of bundles by the paths of definitions; empty for those without one
 */
record Manifest(Map<String, Optional<String>> tasks) {
  static final String FILE = "taskwright.json";
  private static final int FORMAT = 1;

  /** Reads it; nothing if it is none. */
  static Optional<Manifest> read(JsonNode json) {
    if (json.path("format").asInt(0) != FORMAT || !json.path("tasks").isArray()) {
      return Optional.empty();
    }
    Map<String, Optional<String>> tasks = new LinkedHashMap<>();
    for (JsonNode task : json.get("tasks").values()) {
      if (!task.path("file").isString()) {
        return Optional.empty();
      }
      JsonNode bundle = task.path("bundle");
      tasks.put(
          task.get("file").stringValue(),
          bundle.isString() ? Optional.of(bundle.stringValue()) : Optional.empty());
    }
    return Optional.of(new Manifest(tasks));
  }

  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("format", FORMAT);
    ArrayNode list = json.putArray("tasks");
    tasks.forEach((file, bundle) -> {
      ObjectNode task = list.addObject().put("file", file);
      bundle.ifPresent(digest -> task.put("bundle", digest));
    });
    return json;
  }
}
