package io.taskwright.api.body;

import io.taskwright.api.problem.ProblemCode;
import io.taskwright.api.problem.ProblemException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads definitions written in YAML: one document, plain values, no anchors that multiply. */
final class YamlBody {
  private static final int DEPTH = 64;
  private static final int MOST_CHARACTERS = 8 << 20;

  private static final YAMLMapper MAPPER =
      YAMLMapper.builder(
              YAMLFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .loadSettings(
                      LoadSettings.builder()
                          .setAllowDuplicateKeys(false)
                          .setMaxAliasesForCollections(10)
                          .setCodePointLimit(MOST_CHARACTERS)
                          .setAllowRecursiveKeys(false)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private YamlBody() {}

  static JsonNode read(byte[] bytes) {
    refuseOtherThanUtf8(bytes);
    JsonNode node;
    try {
      node = MAPPER.readTree(bytes);
    } catch (JacksonException e) {
      throw malformed(e);
    }
    if (node == null || node.isMissingNode() || node.isNull()) {
      throw new ProblemException(ProblemCode.BODY_REQUIRED, "send a definition");
    }
    if (deeperThan(node, DEPTH)) {
      throw new ProblemException(ProblemCode.TOO_LARGE, "nested more than " + DEPTH + " deep");
    }
    StrictJson.check(node, "");
    return node;
  }

  private static void refuseOtherThanUtf8(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
    } catch (CharacterCodingException e) {
      throw new ProblemException(ProblemCode.MALFORMED_YAML, "the bytes are not UTF-8");
    }
  }

  private static ProblemException malformed(JacksonException e) {
    String message = e.getOriginalMessage();
    boolean twice = message.toLowerCase(java.util.Locale.ROOT).contains("duplicate");
    String at =
        e.getLocation() == null || e.getLocation().getLineNr() < 1
            ? ""
            : " (line "
                + e.getLocation().getLineNr()
                + ", column "
                + e.getLocation().getColumnNr()
                + ")";
    int end = message.indexOf('\n');
    return new ProblemException(
        twice ? ProblemCode.DUPLICATE_KEY : ProblemCode.MALFORMED_YAML,
        (end < 0 ? message : message.substring(0, end)) + at);
  }

  private static boolean deeperThan(JsonNode node, int depth) {
    if (depth == 0) {
      return node.isContainer();
    }
    for (JsonNode child : node.values()) {
      if (deeperThan(child, depth - 1)) {
        return true;
      }
    }
    return false;
  }
}
