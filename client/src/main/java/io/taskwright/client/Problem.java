package io.taskwright.client;

import io.taskwright.model.Violation;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What the service says when it does not do what it was asked (RFC 9457).
 *
 * @param status of HTTP
 * @param code what programs switch over
 * @param title what kind of problem it is
 * @param detail what is wrong here and what to do
 * @param traceId by which the service's log knows the request; empty if it did not say
 * @param errors every single thing that is wrong, with its place
 */
public record Problem(
    int status, String code, String title, String detail, String traceId, List<Violation> errors) {
  private static final int FIRST_OF_SERVER = 500;

  public Problem {
    errors = List.copyOf(errors);
  }

  /** Reads a problem; what is none becomes one that says so. */
  static Problem of(int status, byte[] body) {
    try {
      JsonNode json = Json.read(body);
      if (json.path("code").isString()) {
        return new Problem(
            status,
            json.path("code").asString(),
            json.path("title").asString(""),
            json.path("detail").asString(""),
            json.path("traceId").asString(""),
            Json.violations(json.path("errors")));
      }
    } catch (JacksonException e) {
      // Said below: somebody else answered.
    }
    return foreign(status);
  }

  /** Somebody else than the service has answered. */
  static Problem foreign(int status) {
    return new Problem(
        status,
        "HTTP_" + status,
        "The answer is not the service's",
        "the answer, of status %d, is not Taskwright's: is the URL right?".formatted(status),
        "",
        List.of());
  }

  /** Whether the service, and not the request, is to blame. */
  public boolean ofServer() {
    return status >= FIRST_OF_SERVER;
  }
}
