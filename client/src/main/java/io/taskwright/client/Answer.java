package io.taskwright.client;

import java.net.http.HttpHeaders;
import tools.jackson.databind.JsonNode;

/**
 * What the service answered when it did what it was asked.
 *
 * @param body as it came
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way, never compared
record Answer(int status, HttpHeaders headers, byte[] body) {
  JsonNode json() {
    return Json.read(body);
  }

  String header(String name) {
    return headers.firstValue(name).orElse("");
  }
}
