package io.taskwright.api.body;

import io.taskwright.api.problem.ProblemCode;
import io.taskwright.api.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Reads bodies: no more bytes than the route takes, in a form that it takes. */
public final class Bodies {
  private static final MediaType YAML = MediaType.APPLICATION_YAML;

  private Bodies() {}

  /**
   * A JSON body.
   *
   * @param most bytes; more are not read
   */
  public static JsonNode json(HttpServletRequest request, int most) throws IOException {
    MediaType type = type(request);
    if (!type.equalsTypeAndSubtype(MediaType.APPLICATION_JSON)) {
      throw unsupported("send application/json");
    }
    return StrictJson.read(bytes(request, most));
  }

  /** A JSON body, or an empty object if there is no body. */
  public static JsonNode jsonIfAny(HttpServletRequest request, int most) throws IOException {
    boolean none = request.getContentLengthLong() <= 0 && request.getContentType() == null;
    return none ? JsonNodeFactory.instance.objectNode() : json(request, most);
  }

  /** A JSON or YAML body. */
  public static JsonNode jsonOrYaml(HttpServletRequest request, int most) throws IOException {
    return written(request, most).json();
  }

  /**
   * A JSON or YAML body and its very bytes.
   *
   * @param mediaType {@code application/json} or {@code application/yaml}
   */
  @SuppressWarnings("ArrayRecordComponent") // bytes on their way, never compared
  public record Written(JsonNode json, byte[] bytes, String mediaType) {
    /**
     * Reads the bytes.
     *
     * @param yaml whether they are YAML, not JSON
     */
    public static Written of(byte[] bytes, boolean yaml) {
      return yaml
          ? new Written(YamlBody.read(bytes), bytes, MediaType.APPLICATION_YAML_VALUE)
          : new Written(StrictJson.read(bytes), bytes, MediaType.APPLICATION_JSON_VALUE);
    }
  }

  /** A JSON or YAML body and its very bytes. */
  public static Written written(HttpServletRequest request, int most) throws IOException {
    MediaType type = type(request);
    boolean yaml = type.equalsTypeAndSubtype(YAML);
    if (!yaml && !type.equalsTypeAndSubtype(MediaType.APPLICATION_JSON)) {
      throw unsupported("send application/json or application/yaml");
    }
    return Written.of(bytes(request, most), yaml);
  }

  /** A body of raw bytes of that type. */
  public static byte[] raw(HttpServletRequest request, MediaType expected, int most)
      throws IOException {
    if (!type(request).equalsTypeAndSubtype(expected)) {
      throw unsupported("send " + expected);
    }
    return bytes(request, most);
  }

  /**
   * A body of any length of that type, to be read piece by piece.
   *
   * @param most bytes that its head may claim; what really comes is for the reader to count
   */
  public static InputStream stream(HttpServletRequest request, MediaType expected, long most)
      throws IOException {
    if (!type(request).equalsTypeAndSubtype(expected)) {
      throw unsupported("send " + expected);
    }
    if (request.getContentLengthLong() > most) {
      throw tooLarge(most);
    }
    return request.getInputStream();
  }

  private static byte[] bytes(HttpServletRequest request, int most) throws IOException {
    if (request.getContentLengthLong() > most) {
      throw tooLarge(most);
    }
    byte[] bytes = request.getInputStream().readNBytes(most + 1);
    if (bytes.length > most) {
      throw tooLarge(most);
    }
    return bytes;
  }

  /** The body has more bytes than that. */
  public static ProblemException tooLarge(long most) {
    return new ProblemException(
        ProblemCode.TOO_LARGE, "a body here has at most " + most + " bytes");
  }

  private static MediaType type(HttpServletRequest request) {
    String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
    if (encoding != null && !encoding.toLowerCase(Locale.ROOT).equals("identity")) {
      throw unsupported("send the body without Content-Encoding");
    }
    String header = request.getContentType();
    if (header == null) {
      throw unsupported("say what the body is in Content-Type");
    }
    try {
      MediaType type = MediaType.parseMediaType(header);
      if (type.getCharset() != null && !type.getCharset().equals(StandardCharsets.UTF_8)) {
        throw unsupported("send UTF-8");
      }
      return type;
    } catch (InvalidMediaTypeException | java.nio.charset.UnsupportedCharsetException e) {
      throw unsupported("Content-Type cannot be understood");
    }
  }

  private static ProblemException unsupported(String detail) {
    return new ProblemException(ProblemCode.UNSUPPORTED_MEDIA_TYPE, detail);
  }
}
