package io.taskwright.bench.subject;

import io.taskwright.bench.load.Subject;
import io.taskwright.testkit.Rest;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A task of Taskwright that gives back its input, executed through REST.
 *
 * @param name of the subject, and of the task
 */
public record RestTask(String name, Rest rest) implements Subject {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String BODY = "{\"input\":{\"name\":\"Ada\"}}";

  /** The client waits in the start's own request: one request for each execution. */
  private static final Map<String, String> HEADERS = Map.of("Prefer", "wait=60");

  private static final int OK = 200;

  /** Defines a task in JavaScript, which runs in the server's process. */
  public static RestTask inProcess(Rest rest) {
    return defined(rest, "in-process", "javascript", "function main(input) { return input; }");
  }

  /** Defines a task in Python, which runs in bubblewrap. */
  public static RestTask python(Rest rest) {
    return defined(rest, "python", "python", "def main(input):\n    return input\n");
  }

  private static RestTask defined(Rest rest, String name, String runtime, String source) {
    ObjectNode definition = JSON.createObjectNode().put("name", name);
    definition.putObject("automated").put("runtime", runtime).put("source", source);
    return new RestTask(rest.define(definition.toString()), rest);
  }

  @Override
  public void execute() {
    completed();
  }

  /**
   * Where an execution of it ran, as its record says.
   *
   * @throws IllegalStateException if it does not complete
   */
  public String environment() {
    return completed().path("executionMetadata").path("executionEnvironment").asString("");
  }

  private JsonNode completed() {
    Rest.Answer answer = rest.post("/tasks/" + name + "/executions", HEADERS, BODY);
    JsonNode execution = answer.json();
    if (answer.status() != OK || !execution.path("status").asString("").equals("COMPLETED")) {
      throw new IllegalStateException(
          "an execution of " + name + " did not complete: " + answer.status() + " " + execution);
    }
    return execution;
  }
}
