package io.taskwright.client;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is asked for when a task is started.
 *
 * @param input of the task; empty for none, which the definition's defaults may fill
 * @param version of the task; the latest if absent
 * @param startAt not before
 * @param priority 1 (first) to 5; 3 if absent
 * @param idempotencyKey under which asking again gives the same execution
 * @param files hashes of uploaded files, by the paths where the program finds them
 * @param cache {@code refresh} or {@code bypass}, for work that is done although its result is
 *     known
 * @param patience how long the answer may wait for the execution's end, at most a minute
 */
public record Start(
    Optional<JsonNode> input,
    OptionalInt version,
    Optional<Instant> startAt,
    OptionalInt priority,
    Map<String, String> labels,
    Optional<String> idempotencyKey,
    Map<String, String> files,
    Optional<String> cache,
    Duration patience) {
  /** A start that asks for nothing special. */
  public static final Start PLAIN =
      new Start(
          Optional.empty(),
          OptionalInt.empty(),
          Optional.empty(),
          OptionalInt.empty(),
          Map.of(),
          Optional.empty(),
          Map.of(),
          Optional.empty(),
          Duration.ZERO);

  public Start {
    labels = Map.copyOf(labels);
    files = Map.copyOf(files);
  }

  /** The same with an input. */
  public Start with(JsonNode value) {
    return new Start(
        Optional.of(value),
        version,
        startAt,
        priority,
        labels,
        idempotencyKey,
        files,
        cache,
        patience);
  }

  /** The same under a key. */
  public Start under(String key) {
    return new Start(
        input, version, startAt, priority, labels, Optional.of(key), files, cache, patience);
  }

  /** The same of one version. */
  public Start ofVersion(int number) {
    return new Start(
        input,
        OptionalInt.of(number),
        startAt,
        priority,
        labels,
        idempotencyKey,
        files,
        cache,
        patience);
  }

  /** The same with files. */
  public Start given(Map<String, String> hashes) {
    return new Start(
        input, version, startAt, priority, labels, idempotencyKey, hashes, cache, patience);
  }

  /** The same, waiting for the end. */
  public Start waiting(Duration time) {
    return new Start(input, version, startAt, priority, labels, idempotencyKey, files, cache, time);
  }

  Call call(String task) {
    Call call = Call.post(Tasks.at(task) + "/executions", body());
    if (idempotencyKey.isPresent()) {
      call = call.with("Idempotency-Key", idempotencyKey.get()).safeToRepeat();
    }
    return patience.isPositive()
        ? call.with("Prefer", "wait=" + patience.toSeconds()).patient(patience)
        : call;
  }

  Call preview(String task) {
    return Call.post(Tasks.at(task) + "/preview", body()).safeToRepeat();
  }

  Call dryRun(String task, Optional<JsonNode> mocks) {
    ObjectNode body = body().retain("input", "version", "files");
    mocks.ifPresent(value -> body.set("mocks", value));
    return Call.post(Tasks.at(task) + "/dry-run", body)
        .safeToRepeat()
        .patient(Duration.ofMinutes(1));
  }

  private ObjectNode body() {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    input.ifPresent(value -> body.set("input", value));
    version.ifPresent(number -> body.put("version", number));
    startAt.ifPresent(time -> body.put("startAt", time.toString()));
    priority.ifPresent(number -> body.put("priority", number));
    cache.ifPresent(word -> body.put("cache", word));
    if (!labels.isEmpty()) {
      ObjectNode object = body.putObject("labels");
      labels.forEach(object::put);
    }
    if (!files.isEmpty()) {
      ObjectNode object = body.putObject("files");
      files.forEach(object::put);
    }
    return body;
  }
}
