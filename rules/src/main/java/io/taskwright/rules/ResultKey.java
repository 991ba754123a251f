package io.taskwright.rules;

import io.taskwright.model.definition.ResultCache;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a result is known by: a hash of the parts of the input that it depends on. The order of
 * fields does not matter. Numbers count as they are written, because code may tell 1 from 1.0.
 */
public final class ResultKey {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private ResultKey() {}

  /**
   * The key of an execution.
   *
   * @param input JSON, with the defaults of its schema
   */
  public static byte[] of(ResultCache cache, String input) {
    JsonNode whole = JSON.readTree(input);
    JsonNode parts = cache.key().isEmpty() ? whole : parts(cache, whole);
    try {
      return MessageDigest.getInstance("SHA-256")
          .digest(sorted(parts).toString().getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** What is absent is left out, so that it is not the same as null. */
  private static JsonNode parts(ResultCache cache, JsonNode whole) {
    ObjectNode parts = JSON.createObjectNode();
    for (String pointer : cache.key()) {
      JsonNode part = whole.at(pointer);
      if (!part.isMissingNode()) {
        parts.set(pointer, part);
      }
    }
    return parts;
  }

  private static JsonNode sorted(JsonNode node) {
    if (node.isArray()) {
      ArrayNode array = JSON.createArrayNode();
      node.values().forEach(value -> array.add(sorted(value)));
      return array;
    }
    if (!node.isObject()) {
      return node;
    }
    Map<String, JsonNode> fields = new TreeMap<>();
    node.properties().forEach(field -> fields.put(field.getKey(), sorted(field.getValue())));
    ObjectNode object = JSON.createObjectNode();
    fields.forEach(object::set);
    return object;
  }
}
