package io.taskwright.client;

import java.net.http.HttpHeaders;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What the service answered when it did what it was asked.
 *
 * @param body as it came
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way, never compared
record Answer(int status, HttpHeaders headers, byte[] body) {
  /**
   * The body.
   *
   * @throws ProblemException if it is no JSON, so that somebody else must have answered
   */
  JsonNode json() {
    try {
      return Json.read(body);
    } catch (JacksonException e) {
      throw new ProblemException(Problem.foreign(status));
    }
  }

  String header(String name) {
    return headers.firstValue(name).orElse("");
  }
}
