package io.taskwright.client.definition;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The text of a definition's file: JSON if its name ends so, else YAML. YAML means here what it
 * means to the service: one document, no key twice, no anchors that multiply.
 *
 * @param file for messages
 */
record DefinitionText(Path file, String text) {
  private static final ObjectMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private static final ObjectMapper YAML =
      YAMLMapper.builder(
              YAMLFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .loadSettings(
                      LoadSettings.builder()
                          .setAllowDuplicateKeys(false)
                          .setMaxAliasesForCollections(10)
                          .setAllowRecursiveKeys(false)
                          .build())
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private ObjectMapper mapper() {
    return isJson() ? JSON : YAML;
  }

  boolean isJson() {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(".json");
  }

  /**
   * The one value in it.
   *
   * @throws DefinitionException if there is none, or more, or it cannot be read
   */
  JsonNode read() {
    try (JsonParser parser = mapper().createParser(text)) {
      if (parser.nextToken() == null) {
        throw new DefinitionException(file, "is empty; write a definition into it");
      }
      JsonNode value = parser.readValueAsTree();
      if (parser.nextToken() != null) {
        throw new DefinitionException(
            file,
            line(parser.currentTokenLocation()),
            "a second document begins here; put each task into a file of its own");
      }
      return value;
    } catch (JacksonException e) {
      throw new DefinitionException(file, line(e.getLocation()), reason(e));
    }
  }

  private static String reason(JacksonException e) {
    String message = e.getOriginalMessage().strip();
    if (message.startsWith("Duplicate")) {
      return message + "; a key stands once in an object";
    }
    if (message.startsWith("Malformed numeric value")) {
      return "has a number that JSON has no form for; put it in quotes if it is a text";
    }
    int end = message.indexOf('\n');
    return "cannot be read: " + (end < 0 ? message : message.substring(0, end));
  }

  private static OptionalInt line(TokenStreamLocation location) {
    return location == null || location.getLineNr() < 1
        ? OptionalInt.empty()
        : OptionalInt.of(location.getLineNr());
  }

  /** The line of what a JSON pointer points to, or of the nearest thing around it. */
  OptionalInt line(String pointer) {
    Map<String, Integer> lines = lines();
    for (String at = pointer; !at.isEmpty(); at = at.substring(0, at.lastIndexOf('/'))) {
      Integer line = lines.get(at);
      if (line != null) {
        return OptionalInt.of(line);
      }
    }
    return OptionalInt.empty();
  }

  private Map<String, Integer> lines() {
    Map<String, Integer> lines = new HashMap<>();
    try (JsonParser parser = mapper().createParser(text)) {
      while (parser.nextToken() != null) {
        lines.putIfAbsent(
            parser.streamReadContext().pathAsPointer().toString(),
            parser.currentTokenLocation().getLineNr());
      }
    }
    return lines;
  }
}
