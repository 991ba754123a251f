package io.taskwright.api.problem;

import io.taskwright.model.Violation;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes problems: {@code {type, title, status, code, detail, traceId, errors?}}. */
public final class Problems {
  private static final String TRACE = Problems.class.getName() + ".trace";
  private static final Pattern TRACEPARENT =
      Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}");

  private Problems() {}

  /** The answer that says so. */
  public static ResponseEntity<byte[]> answer(
      HttpServletRequest request, ProblemCode code, String detail, List<Violation> errors) {
    return answer(request, code, code.status(), code.name(), detail, errors);
  }

  static ResponseEntity<byte[]> answer(
      HttpServletRequest request,
      ProblemCode code,
      int status,
      String name,
      String detail,
      List<Violation> errors) {
    ResponseEntity.BodyBuilder answer =
        ResponseEntity.status(status)
            .contentType(MediaType.APPLICATION_PROBLEM_JSON)
            .header(HttpHeaders.CACHE_CONTROL, "no-store");
    if (code == ProblemCode.UNAUTHENTICATED) {
      answer.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"taskwright\"");
    }
    if (code == ProblemCode.UNAVAILABLE) {
      answer.header(HttpHeaders.RETRY_AFTER, "2");
    }
    return answer.body(
        json(code, status, name, detail, errors, trace(request))
            .toString()
            .getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  /** A problem with a part of a request, where the rest of it is answered otherwise. */
  public static ObjectNode json(ProblemException e, String trace) {
    return json(
        e.code(),
        e.code().status(),
        e.code().name(),
        String.valueOf(e.getMessage()),
        e.errors(),
        trace);
  }

  static ObjectNode json(
      ProblemCode code,
      int status,
      String name,
      String detail,
      List<Violation> errors,
      String trace) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("type", code.type())
            .put("title", code.title())
            .put("status", status)
            .put("code", name)
            .put("detail", detail)
            .put("traceId", trace);
    if (!errors.isEmpty()) {
      ArrayNode array = json.putArray("errors");
      for (Violation error : errors) {
        array
            .addObject()
            .put("pointer", error.pointer())
            .put("keyword", error.keyword())
            .put("message", error.message());
      }
    }
    return json;
  }

  /**
   * The id by which the request is found in the logs: the caller's own, if it sent a traceparent.
   */
  public static String trace(HttpServletRequest request) {
    Object known = request.getAttribute(TRACE);
    if (known instanceof String trace) {
      return trace;
    }
    String parent = Objects.requireNonNullElse(request.getHeader("traceparent"), "");
    var matcher = TRACEPARENT.matcher(parent.toLowerCase(Locale.ROOT));
    String trace =
        matcher.matches()
            ? Objects.requireNonNull(matcher.group(1))
            : UUID.randomUUID().toString().replace("-", "");
    request.setAttribute(TRACE, trace);
    return trace;
  }
}
