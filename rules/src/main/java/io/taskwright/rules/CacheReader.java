package io.taskwright.rules;

import io.taskwright.model.definition.ResultCache;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/** Reads {@code cache}: whether and for how long a result is given again. */
final class CacheReader {
  private static final int LONGEST_POINTER = 200;

  private CacheReader() {}

  static Optional<ResultCache> read(Fields definition) {
    Optional<Fields> object = definition.object("cache");
    if (object.isEmpty()) {
      return Optional.empty();
    }
    Fields fields = object.get();
    if (!fields.has("ttl")) {
      fields.wrong("ttl", "required", "is required: for how long a result is given again");
    }
    Duration ttl =
        RetryReader.duration(fields, "ttl", ResultCache.LEAST, ResultCache.LEAST, ResultCache.MOST);
    List<String> key = key(fields);
    fields.end();
    return Optional.of(new ResultCache(ttl, key));
  }

  private static List<String> key(Fields fields) {
    JsonNode value = fields.any("key");
    if (value != null && value.isString()) {
      fields.wrong(
          "key",
          Codes.UNSUPPORTED,
          "expressions are not available in this version of the service; give a list of JSON"
              + " pointers into the input");
      return List.of();
    }
    List<String> pointers = fields.texts("key", List.of());
    if (value != null && value.isArray() && value.isEmpty()) {
      fields.wrong("key", "minItems", "must name a part of the input; without key it is all of it");
    }
    if (pointers.size() > ResultCache.MOST_POINTERS) {
      fields.wrong(
          "key", "maxItems", "must have at most " + ResultCache.MOST_POINTERS + " entries");
    }
    for (int i = 0; i < pointers.size(); i++) {
      if (!pointer(pointers.get(i))) {
        fields.wrongItem("key", i, "format", "must be a JSON pointer such as /customer/id");
      }
    }
    return pointers;
  }

  private static boolean pointer(String text) {
    if (text.isEmpty() || text.length() > LONGEST_POINTER) {
      return false;
    }
    try {
      JsonPointer.compile(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
