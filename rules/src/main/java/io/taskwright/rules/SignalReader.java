package io.taskwright.rules;

import io.taskwright.model.Violation;
import io.taskwright.model.definition.Signal;
import io.taskwright.rules.shape.JsonShapes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads {@code signals}: what executions may be told, by name. */
final class SignalReader {
  private static final String NAME = "signals";

  private SignalReader() {}

  static SortedMap<String, Signal> read(Fields definition, Caps caps) {
    SortedMap<String, Signal> signals = new TreeMap<>();
    definition
        .object(NAME)
        .ifPresent(object -> {
          List<Map.Entry<String, JsonNode>> named = object.rest();
          if (named.size() > Signal.MOST) {
            definition.wrong(NAME, "maxProperties", "must be at most " + Signal.MOST);
            return;
          }
          for (Map.Entry<String, JsonNode> one : named) {
            if (!DefinitionReader.NAME.matcher(one.getKey()).matches()) {
              object.wrong(one.getKey(), Codes.INVALID_NAME, DefinitionReader.NAME_FORM);
            } else if (one.getValue().isNull()) {
              signals.put(one.getKey(), new Signal("", null, false, null));
            } else {
              object
                  .object(one.getKey())
                  .ifPresent(fields -> signals.put(one.getKey(), signal(fields, caps)));
            }
          }
        });
    return signals;
  }

  private static Signal signal(Fields fields, Caps caps) {
    String description = DefinitionReader.description(fields);
    JsonNode schema = schema(fields);
    boolean awaited = fields.truth("awaited", false);
    Duration within = null;
    if (fields.has("within")) {
      within = RetryReader.duration(fields, "within", caps.total(), Signal.SHORTEST, caps.total());
      if (!awaited) {
        fields.wrong("within", Codes.UNSUPPORTED, "is for a signal with awaited: true only");
      }
    }
    fields.end();
    return new Signal(description, schema, awaited, within);
  }

  private static @Nullable JsonNode schema(Fields fields) {
    JsonNode schema = fields.any("schema");
    if (schema != null) {
      for (Violation violation : JsonShapes.violations(schema)) {
        fields.wrong(
            "schema",
            violation.pointer(),
            Codes.INVALID_SCHEMA,
            violation.keyword() + ": " + violation.message());
      }
    }
    return schema;
  }
}
