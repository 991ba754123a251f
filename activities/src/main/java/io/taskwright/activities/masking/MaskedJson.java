package io.taskwright.activities.masking;

import java.util.Map;
import java.util.function.UnaryOperator;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Hides secrets in the keys and values of JSON, which stays JSON. */
final class MaskedJson {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private final UnaryOperator<String> texts;
  private boolean changed;

  /**
   * @param texts hides secrets in a text
   */
  MaskedJson(UnaryOperator<String> texts) {
    this.texts = texts;
  }

  /** The JSON text; as it was if there is no secret in it. */
  String text(String json) {
    JsonNode masked = value(JSON.readTree(json));
    return changed ? JSON.writeValueAsString(masked) : json;
  }

  /** A value. A number in which a secret stands becomes a text. */
  JsonNode value(JsonNode value) {
    return switch (value.getNodeType()) {
      case OBJECT -> object(value);
      case ARRAY -> array(value);
      case STRING, NUMBER -> scalar(value);
      case BOOLEAN, NULL, MISSING, BINARY, POJO -> value;
    };
  }

  private JsonNode object(JsonNode object) {
    ObjectNode masked = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      StringBuilder key = new StringBuilder(masked(field.getKey()));
      while (masked.has(key.toString())) {
        key.append('*'); // two keys that differed in their secrets
      }
      masked.set(key.toString(), value(field.getValue()));
    }
    return masked;
  }

  private JsonNode array(JsonNode array) {
    ArrayNode masked = JsonNodeFactory.instance.arrayNode(array.size());
    array.values().forEach(item -> masked.add(value(item)));
    return masked;
  }

  private JsonNode scalar(JsonNode scalar) {
    String text = scalar.asString();
    String masked = masked(text);
    return masked.equals(text) ? scalar : StringNode.valueOf(masked);
  }

  private String masked(String text) {
    String masked = texts.apply(text);
    changed |= !masked.equals(text);
    return masked;
  }
}
