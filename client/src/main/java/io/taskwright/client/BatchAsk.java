package io.taskwright.client;

import io.taskwright.model.ExecutionId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is asked for when a batch is made.
 *
 * @param operation cancel, retry or rerun
 * @param parameters of the operation
 * @param filter which executions; does not count where some are named
 * @param executions named ones; empty for those that the filter lets through
 * @param rate executions per second; as fast as it can if absent
 * @param jitter by how much pauses are longer at most, at random
 * @param expected how many executions there must be
 */
public record BatchAsk(
    String operation,
    ObjectNode parameters,
    Optional<String> name,
    ExecutionFilter filter,
    List<ExecutionId> executions,
    OptionalDouble rate,
    Optional<Duration> jitter,
    OptionalInt expected) {
  public BatchAsk {
    executions = List.copyOf(executions);
  }

  JsonNode body() {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("operation", operation);
    body.set("parameters", parameters);
    name.ifPresent(text -> body.put("name", text));
    if (executions.isEmpty()) {
      body.set("filter", criteria());
    } else {
      ArrayNode ids = body.putArray("executions");
      executions.forEach(id -> ids.add(id.toString()));
    }
    rate.ifPresent(number -> body.put("rate", number));
    jitter.ifPresent(time -> body.put("jitter", time.toString()));
    expected.ifPresent(count -> body.put("expected", count));
    return body;
  }

  private ObjectNode criteria() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    filter.task().ifPresent(task -> json.put("task", task));
    filter.status().ifPresent(status -> json.put("status", status.name()));
    filter.since().ifPresent(time -> json.put("since", time.toString()));
    filter.until().ifPresent(time -> json.put("until", time.toString()));
    filter.text().ifPresent(text -> json.put("q", text));
    if (!filter.labels().isEmpty()) {
      ArrayNode labels = json.putArray("label");
      filter.labels().forEach((name, value) -> labels.add(name + "=" + value));
    }
    return json;
  }
}
