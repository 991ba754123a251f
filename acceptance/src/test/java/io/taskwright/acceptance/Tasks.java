package io.taskwright.acceptance;

import io.taskwright.testkit.Rest;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Definitions of tasks for tests. */
final class Tasks {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final AtomicInteger COUNT = new AtomicInteger();

  private Tasks() {}

  /** A name that no other test has. */
  static String name(String kind) {
    return kind + "-" + COUNT.incrementAndGet() + "-" + ProcessHandle.current().pid();
  }

  /** A definition with inline code. */
  static ObjectNode of(String runtime, String source) {
    ObjectNode definition = JSON.createObjectNode().put("name", name(runtime));
    definition.putObject("automated").put("runtime", runtime).put("source", source);
    return definition;
  }

  /** A definition with more fields, given as JSON with single quotes. */
  static ObjectNode of(String runtime, String source, String more) {
    ObjectNode definition = of(runtime, source);
    definition.setAll(json(more));
    return definition;
  }

  /** Limits and protection for the code, given as JSON with single quotes. */
  static ObjectNode withConfig(ObjectNode definition, String executionConfig) {
    definition.withObject("/automated").set("executionConfig", json(executionConfig));
    return definition;
  }

  static ObjectNode json(String text) {
    return JSON.readTree(text.replace('\'', '"')).asObject();
  }

  /** Defines the task and returns its name. */
  static String define(Rest rest, ObjectNode definition) {
    return rest.define(definition.toString());
  }
}
