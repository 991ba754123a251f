package io.taskwright.client;

import io.taskwright.model.Violation;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What a start would do.
 *
 * @param json the service's whole answer
 */
public record Preview(JsonNode json) {
  /**
   * What is worth to be known before a start.
   *
   * @param code for programs
   * @param message for people
   */
  public record Warning(String code, String message) {}

  /**
   * What earlier executions took, as ISO 8601 durations.
   *
   * @param half within which half of them ended
   * @param most within which nine of ten ended
   * @param sample how many these were
   */
  public record Expected(String half, String most, long sample) {}

  /** Whether it would be accepted. */
  public boolean valid() {
    return json.path("valid").asBoolean(false);
  }

  /** Everything for which it would be refused. */
  public List<Violation> errors() {
    return Json.violations(json.path("errors"));
  }

  /** Where its work would go. */
  public String pool() {
    return json.at("/route/pool").asString("");
  }

  /** Why it would go there. */
  public String reason() {
    return json.at("/route/reason").asString("");
  }

  /** The signals that must come before it begins. */
  public List<String> awaited() {
    return json.path("signals")
        .valueStream()
        .filter(one -> one.path("awaited").asBoolean(false))
        .map(one -> one.path("name").asString(""))
        .toList();
  }

  /** The tasks that would check it, by name. */
  public List<String> checkedBy() {
    return json.path("checks").valueStream().map(one -> one.at("/task/name").asString("")).toList();
  }

  /** What may hold it up or end it. */
  public List<Warning> warnings() {
    return json.path("warnings")
        .valueStream()
        .map(one -> new Warning(one.path("code").asString(""), one.path("message").asString("")))
        .toList();
  }

  /** How long it may take, if anything like it has completed before. */
  public Optional<Expected> expected() {
    JsonNode expected = json.path("expected");
    return expected.isObject()
        ? Optional.of(
            new Expected(
                expected.path("p50").asString(""),
                expected.path("p90").asString(""),
                expected.path("sample").asLong(0)))
        : Optional.empty();
  }
}
