package io.taskwright.app.service;

import io.taskwright.app.process.ProcessId;
import io.taskwright.app.supervisor.PartState;
import io.taskwright.app.supervisor.PartStatus;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The form of an instance that {@code status -o json} prints; api.md is its contract. */
public final class InstanceJson {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private InstanceJson() {}

  public static String write(Instance instance) {
    Instance.Addresses addresses = instance.addresses();
    ObjectNode json = JSON.createObjectNode();
    json.put("data", instance.data().toString());
    json.put("state", word(instance.state()));
    json.put("reason", instance.reason());
    json.put("url", addresses.api().toString());
    json.put("temporalUi", text(addresses.temporalUi()));
    json.put("temporalAddress", addresses.temporal());
    json.put("apiKeyFile", addresses.apiKeyFile().toString());
    write(json.putObject("supervisor"), instance.supervisor());
    ArrayNode parts = json.putArray("parts");
    instance.parts().forEach(part -> write(parts.addObject(), part));
    return json.toPrettyString() + "\n";
  }

  /** The same form for a folder on which nothing runs. */
  public static String nothing(Path data) {
    ObjectNode json = JSON.createObjectNode();
    json.put("data", data.toString());
    json.put("state", word(ServiceState.STOPPED));
    json.putNull("reason").putNull("url").putNull("temporalUi").putNull("temporalAddress");
    json.putNull("apiKeyFile").putNull("supervisor").putArray("parts");
    return json.toPrettyString() + "\n";
  }

  private static void write(ObjectNode json, PartStatus part) {
    json.put("name", part.name());
    json.put("state", word(part.state()));
    json.put("version", part.version());
    write(json, part.process());
    json.put("restarts", part.restarts());
    json.put("reason", part.reason());
    json.put("log", part.log().toString());
  }

  private static void write(ObjectNode json, @Nullable ProcessId process) {
    if (process == null) {
      json.putNull("pid").putNull("started");
    } else {
      json.put("pid", process.pid()).put("started", process.started());
    }
  }

  public static Instance read(String text) {
    JsonNode json = JSON.readTree(text);
    return new Instance(
        Path.of(json.required("data").asString()),
        ServiceState.valueOf(name(json)),
        string(json, "reason").orElse(null),
        process(json.required("supervisor")).orElseThrow(),
        new Instance.Addresses(
            URI.create(json.required("url").asString()),
            string(json, "temporalUi").map(URI::create).orElse(null),
            string(json, "temporalAddress").orElse(null),
            Path.of(json.required("apiKeyFile").asString())),
        json.required("parts").valueStream().map(InstanceJson::part).toList());
  }

  private static PartStatus part(JsonNode json) {
    return new PartStatus(
        json.required("name").asString(),
        PartState.valueOf(name(json)),
        json.required("version").asString(),
        process(json).orElse(null),
        json.required("restarts").asInt(),
        string(json, "reason").orElse(null),
        Path.of(json.required("log").asString()));
  }

  private static Optional<ProcessId> process(JsonNode json) {
    return json.required("pid").isNull()
        ? Optional.empty()
        : Optional.of(
            new ProcessId(json.required("pid").asLong(), json.required("started").asLong()));
  }

  private static Optional<String> string(JsonNode json, String field) {
    return json.required(field).isNull()
        ? Optional.empty()
        : Optional.of(json.required(field).asString());
  }

  private static String name(JsonNode json) {
    return json.required("state").asString().toUpperCase(Locale.ROOT);
  }

  private static String word(Enum<?> state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  private static @Nullable String text(@Nullable URI uri) {
    return uri == null ? null : uri.toString();
  }
}
