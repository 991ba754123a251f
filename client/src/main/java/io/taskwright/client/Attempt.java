package io.taskwright.client;

import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * One try at an execution's work.
 *
 * @param number from 1
 * @param worker who made it
 * @param environment where the code ran; empty if it never did
 * @param memory what it had, such as {@code 128Mi}; empty if the service does not say
 */
public record Attempt(
    int number,
    Optional<Instant> startedAt,
    Optional<Instant> endedAt,
    String worker,
    String environment,
    Optional<FailureReport> failure,
    String memory) {
  static Attempt of(JsonNode json) {
    return new Attempt(
        json.path("number").asInt(0),
        Json.time(json.path("startedAt")),
        Json.time(json.path("endedAt")),
        json.path("worker").asString(""),
        json.path("environment").asString(""),
        FailureReport.of(json.path("failure")),
        json.path("memory").asString(""));
  }
}
