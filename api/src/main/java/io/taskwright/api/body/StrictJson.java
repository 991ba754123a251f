package io.taskwright.api.body;

import io.taskwright.api.problem.ProblemCode;
import io.taskwright.api.problem.ProblemException;
import io.taskwright.model.Violation;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads JSON that means the same to everybody (I-JSON, RFC 7493): no key twice, no number that some
 * language cannot hold, no text that the database cannot keep.
 */
public final class StrictJson {
  private static final int DEPTH = 64;
  private static final int DIGITS = 400;
  private static final BigInteger SAFE = BigInteger.ONE.shiftLeft(53).subtract(BigInteger.ONE);

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEPTH)
                          .maxNumberLength(DIGITS)
                          .maxStringLength(Integer.MAX_VALUE) // the body is bounded before
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private StrictJson() {}

  /**
   * Reads one JSON value.
   *
   * @throws ProblemException saying what is wrong and where
   */
  public static JsonNode read(byte[] bytes) {
    if (isBlank(bytes)) {
      throw new ProblemException(ProblemCode.BODY_REQUIRED, "send a JSON body");
    }
    JsonNode node;
    try {
      node = MAPPER.readTree(bytes);
    } catch (StreamConstraintsException e) {
      String message = e.getOriginalMessage();
      throw new ProblemException(
          message.contains("umber") ? ProblemCode.OUT_OF_RANGE : ProblemCode.TOO_LARGE,
          message.contains("umber")
              ? "a number has more than " + DIGITS + " digits"
              : "the JSON is nested more than " + DEPTH + " deep");
    } catch (JacksonException e) {
      throw malformed(e);
    }
    check(node, "");
    refuseNegativeZero(bytes);
    return node;
  }

  /** A negative zero comes back as zero, or not, depending on who read it. */
  private static void refuseNegativeZero(byte[] bytes) {
    boolean suspicious = false;
    for (int i = 1; i < bytes.length && !suspicious; i++) {
      suspicious = bytes[i] == '0' && bytes[i - 1] == '-';
    }
    if (!suspicious) {
      return;
    }
    try (JsonParser parser = MAPPER.createParser(bytes)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token.isNumeric()
            && parser.getString().startsWith("-")
            && parser.getDecimalValue().signum() == 0) {
          throw wrong(
              ProblemCode.OUT_OF_RANGE,
              parser.streamReadContext().pathAsPointer().toString(),
              "a negative zero does not survive a round trip; send 0");
        }
      }
    }
  }

  private static ProblemException malformed(JacksonException e) {
    String message = e.getOriginalMessage();
    String at =
        e.getLocation() == null
            ? ""
            : " (line "
                + e.getLocation().getLineNr()
                + ", column "
                + e.getLocation().getColumnNr()
                + ")";
    if (message.startsWith("Duplicate")) {
      return new ProblemException(ProblemCode.DUPLICATE_KEY, message + at);
    }
    return new ProblemException(ProblemCode.MALFORMED_JSON, firstLine(message) + at);
  }

  private static String firstLine(String text) {
    int end = text.indexOf('\n');
    return end < 0 ? text : text.substring(0, end);
  }

  private static boolean isBlank(byte[] bytes) {
    for (byte b : bytes) {
      if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
        return false;
      }
    }
    return true;
  }

  /** Checks numbers and texts, wherever they stand. */
  static void check(JsonNode node, String pointer) {
    switch (node.getNodeType()) {
      case OBJECT -> {
        for (Map.Entry<String, JsonNode> field : node.properties()) {
          String at = pointer + "/" + field.getKey().replace("~", "~0").replace("/", "~1");
          text(field.getKey(), at);
          check(field.getValue(), at);
        }
      }
      case ARRAY -> {
        for (int i = 0; i < node.size(); i++) {
          check(node.get(i), pointer + "/" + i);
        }
      }
      case STRING -> text(node.stringValue(), pointer);
      case NUMBER -> number(node, pointer);
      default -> {}
    }
  }

  private static void text(String text, String pointer) {
    if (text.indexOf('\0') >= 0) {
      throw wrong(ProblemCode.INVALID_CHARACTER, pointer, "the character U+0000 cannot be kept");
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        throw wrong(ProblemCode.INVALID_CHARACTER, pointer, "half of a character cannot be kept");
      }
    }
  }

  private static void number(JsonNode node, String pointer) {
    if (node.isIntegralNumber()) {
      if (node.bigIntegerValue().abs().compareTo(SAFE) > 0) {
        throw wrong(
            ProblemCode.OUT_OF_RANGE,
            pointer,
            "whole numbers beyond 2^53 lose digits in many languages; send a string");
      }
      return;
    }
    BigDecimal value = node.decimalValue();
    if (!Double.isFinite(value.doubleValue())) {
      throw wrong(ProblemCode.OUT_OF_RANGE, pointer, "no double can hold this number");
    }
  }

  private static ProblemException wrong(ProblemCode code, String pointer, String message) {
    return new ProblemException(
        code, message, List.of(new Violation(pointer, code.name(), message)));
  }
}
