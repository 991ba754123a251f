package io.taskwright.sandbox.guest;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/** Looks whether bytes are one JSON value, without building it. */
public final class JsonText {
  private static final JsonMapper JSON = JsonMapper.shared();

  private JsonText() {}

  /**
   * Decodes the bytes.
   *
   * @throws CharacterCodingException if they are no UTF-8
   */
  public static String decode(byte[] bytes) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }

  /** What keeps the text from being one JSON value; empty if it is one. */
  public static Optional<String> flaw(String text) {
    try (JsonParser parser = JSON.createParser(text)) {
      if (parser.nextToken() == null) {
        return Optional.of("it is empty");
      }
      parser.skipChildren();
      JsonToken next = parser.nextToken();
      return next == null ? Optional.empty() : Optional.of("something follows the first value");
    } catch (JacksonException e) {
      return Optional.of(e.getOriginalMessage());
    }
  }
}
