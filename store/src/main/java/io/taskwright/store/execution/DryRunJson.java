package io.taskwright.store.execution;

import io.taskwright.model.execution.DryRun;
import io.taskwright.model.execution.FailureCode;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** How a dry run stands in its row. The numbers of a mock stay as they were written. */
final class DryRunJson {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private DryRunJson() {}

  static String text(DryRun dryRun) {
    ObjectNode json = JSON.createObjectNode();
    switch (dryRun) {
      case DryRun.Closed closed -> json.put("does", "run");
      case DryRun.Noted noted -> json.put("does", "note");
      case DryRun.Gives gives -> json.put("does", "give").set("output", gives.output());
      case DryRun.Fails(FailureCode code, String message) ->
          json.put("does", "fail").put("code", code.name()).put("message", message);
    }
    return JSON.writeValueAsString(json);
  }

  static DryRun of(String text) {
    JsonNode json = JSON.readTree(text);
    String does = json.path("does").asString("");
    return switch (does) {
      case "run" -> new DryRun.Closed();
      case "note" -> new DryRun.Noted();
      case "give" -> new DryRun.Gives(json.path("output"));
      case "fail" ->
          new DryRun.Fails(
              FailureCode.valueOf(json.path("code").asString("")),
              json.path("message").asString(""));
      default -> throw new IllegalArgumentException("a dry run does not '" + does + "'");
    };
  }
}
