package io.taskwright.store.execution;

import java.time.Duration;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The signals that must come before an execution is due, as its row keeps them.
 *
 * @param times by name, how long each may take from the acceptance or the start time on
 */
record Awaited(SortedMap<String, Duration> times) {
  static final Awaited NONE = new Awaited(new TreeMap<>());

  Awaited {
    times = Collections.unmodifiableSortedMap(new TreeMap<>(times));
  }

  static Awaited of(@Nullable String json) {
    return json == null ? NONE : of(JsonMapper.shared().readTree(json));
  }

  static Awaited of(JsonNode json) {
    SortedMap<String, Duration> times = new TreeMap<>();
    json.properties()
        .forEach(one -> times.put(one.getKey(), Duration.ofSeconds(one.getValue().asLong())));
    return new Awaited(times);
  }

  boolean none() {
    return times.isEmpty();
  }

  Awaited without(String name) {
    SortedMap<String, Duration> rest = new TreeMap<>(times);
    rest.remove(name);
    return new Awaited(rest);
  }

  /** How long the one may take that is the first to be too late. */
  Duration first() {
    return Collections.min(times.values());
  }

  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    times.forEach((name, time) -> json.put(name, time.toSeconds()));
    return json;
  }

  /** JSON, or null if there are none. */
  @Nullable String column() {
    return none() ? null : json().toString();
  }

  /** What is waited for, for people. */
  String words() {
    return (times.size() == 1 ? "the signal " : "the signals ")
        + times.keySet().stream().map(name -> "'" + name + "'").collect(Collectors.joining(", "));
  }

  /** The execution is not due before these have come. */
  Fact waiting() {
    ObjectNode data = JsonNodeFactory.instance.objectNode().put("for", words());
    data.set("awaits", json());
    return Fact.of("waiting", data);
  }
}
