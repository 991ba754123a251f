package io.taskwright.client;

import io.taskwright.model.Violation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** JSON as it goes over the wire: numbers stay as they were written, no key stands twice. */
public final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private Json() {}

  /**
   * Reads one value.
   *
   * @throws tools.jackson.core.JacksonException if it is no JSON
   */
  public static JsonNode read(String text) {
    return MAPPER.readTree(text);
  }

  static JsonNode read(byte[] bytes) {
    return MAPPER.readTree(bytes);
  }

  static byte[] write(JsonNode json) {
    return MAPPER.writeValueAsBytes(json);
  }

  /** A list of violations as the service writes it. */
  static List<Violation> violations(JsonNode list) {
    return list.valueStream()
        .map(error ->
            new Violation(
                error.path("pointer").asString(""),
                error.path("keyword").asString(""),
                error.path("message").asString("")))
        .toList();
  }

  /** A time, if the field has one. */
  static Optional<Instant> time(JsonNode field) {
    return text(field).map(Instant::parse);
  }

  /** A text, if the field has one. */
  static Optional<String> text(JsonNode field) {
    return field.isString() ? Optional.of(field.stringValue()) : Optional.empty();
  }
}
