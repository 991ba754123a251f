package io.taskwright.client;

import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a project may have of executions in all.
 *
 * @param json as the service shows it
 */
public record ProjectLimits(JsonNode json) {
  /** The limits that there are. */
  public static final List<String> NAMES = List.of("inFlight", "quota", "startsPerMinute");

  /** A limit; empty if there is none. */
  public OptionalInt limit(String name) {
    JsonNode limit = json.path(name);
    return limit.isNumber() ? OptionalInt.of(limit.intValue()) : OptionalInt.empty();
  }

  /** How many count for a limit; empty if that is not known. */
  public OptionalLong used(String name) {
    JsonNode used = json.path("used").path(name);
    return used.isNumber() ? OptionalLong.of(used.longValue()) : OptionalLong.empty();
  }

  /** The same with another limit; zero for none. */
  public ProjectLimits with(String name, int limit) {
    ObjectNode changed = json.asObject().deepCopy();
    changed.put(name, limit == 0 ? null : Integer.valueOf(limit));
    return new ProjectLimits(changed);
  }
}
