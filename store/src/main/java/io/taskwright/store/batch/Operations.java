package io.taskwright.store.batch;

import io.taskwright.model.batch.Operation;
import io.taskwright.model.batch.VersionChoice;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Operations as rows keep them: a word, and its parameters as JSON. */
public final class Operations {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private Operations() {}

  /** The parameters of the operation, as requests name them. */
  public static ObjectNode parameters(Operation operation) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    switch (operation) {
      case Operation.Control(Operation.Command command, String reason) ->
          json.put("reason", reason);
      case Operation.Prioritize(int priority, String reason) ->
          json.put("priority", priority).put("reason", reason);
      case Operation.Retry(VersionChoice version) -> put(json, version);
      case Operation.Rerun(VersionChoice version, Optional<String> input) -> {
        put(json, version);
        input.ifPresent(text -> json.set("input", JSON.readTree(text)));
      }
    }
    return json;
  }

  static Operation of(String word, String parameters) {
    JsonNode json = JSON.readTree(parameters);
    return switch (word) {
      case "cancel", "terminate", "pause", "resume" ->
          new Operation.Control(
              Operation.Command.valueOf(word.toUpperCase(Locale.ROOT)), reason(json));
      case "priority" -> new Operation.Prioritize(json.path("priority").intValue(), reason(json));
      case "retry" -> new Operation.Retry(version(json));
      case "rerun" ->
          new Operation.Rerun(
              version(json),
              json.has("input") ? Optional.of(json.get("input").toString()) : Optional.empty());
      default ->
          throw new IllegalStateException("a newer version of the service made this: " + word);
    };
  }

  private static String reason(JsonNode json) {
    return json.path("reason").asString("");
  }

  private static void put(ObjectNode json, VersionChoice version) {
    switch (version) {
      case VersionChoice.Same same -> {}
      case VersionChoice.Latest latest -> json.put("version", "latest");
      case VersionChoice.Exactly(int number) -> json.put("version", number);
    }
  }

  private static VersionChoice version(JsonNode json) {
    JsonNode version = json.path("version");
    if (version.isInt()) {
      return new VersionChoice.Exactly(version.intValue());
    }
    return version.isString() ? new VersionChoice.Latest() : new VersionChoice.Same();
  }
}
