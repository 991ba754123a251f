package io.taskwright.api.execution;

import io.taskwright.model.ExecutionId;
import io.taskwright.model.definition.Signal;
import io.taskwright.model.execution.DryRun;
import io.taskwright.model.execution.Status;
import io.taskwright.model.file.InputFile;
import io.taskwright.rules.Contracts;
import io.taskwright.store.execution.ExecutionView;
import io.taskwright.store.execution.ExecutionView.AttemptView;
import io.taskwright.store.execution.ExecutionView.Detailed;
import io.taskwright.store.execution.ExecutionView.Would;
import io.taskwright.store.execution.Wait;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Executions as the outer contract shows them. */
@Component
public final class ExecutionJson {
  /** Numbers of inputs and outputs come back as they were written. */
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private final TemporalLinks temporal;
  private final Contracts contracts;

  ExecutionJson(TemporalLinks temporal, Contracts contracts) {
    this.temporal = temporal;
    this.contracts = contracts;
  }

  /** An execution that was just accepted. */
  public ObjectNode accepted(ExecutionId id, String task, String name, int version) {
    ObjectNode json = JSON.createObjectNode().put("id", id.toString());
    json.putObject("task").put("id", task).put("name", name).put("version", version);
    json.put("status", Status.RECEIVED.name());
    json.putObject("links").put("self", "/executions/" + id).put("events", events(id));
    return json;
  }

  /** An execution in a list. */
  ObjectNode brief(ExecutionView view) {
    ObjectNode json = JSON.createObjectNode().put("id", view.id().toString());
    json.putObject("task")
        .put("id", view.task().toString())
        .put("name", view.taskName())
        .put("version", view.taskVersion());
    json.put("status", view.status().name());
    json.put("acceptedAt", view.acceptedAt().toString());
    json.set("executionMetadata", metadata(view, List.of()));
    json.set("progress", tree(view.progress()));
    json.set("failure", tree(view.failure()));
    json.set("labels", tree(view.labels()));
    json.put("dryRun", view.dryRun() != null);
    return json;
  }

  /** What a dry run that has ended would have done. */
  public ObjectNode dryRun(Detailed detailed) {
    ExecutionView view = detailed.execution();
    Would would = Objects.requireNonNull(view.dryRun());
    boolean unknown =
        would.does() instanceof DryRun.Noted
            && view.status() == Status.COMPLETED
            && view.cached() == null
            && view.skip() == null;
    ObjectNode json = JSON.createObjectNode().put("execution", view.id().toString());
    json.put("outcome", unknown ? "WOULD_RUN" : view.status().name());
    if (view.status() == Status.COMPLETED && !unknown) {
      json.set("output", tree(view.output()));
    }
    if (view.failure() != null) {
      json.set("failure", tree(view.failure()));
    }
    json.set("wouldHave", would.steps() == null ? JSON.createArrayNode() : tree(would.steps()));
    return json;
  }

  /** Everything about an execution. */
  public ObjectNode whole(Detailed detailed) {
    ExecutionView view = detailed.execution();
    ObjectNode json = JSON.createObjectNode().put("id", view.id().toString());
    json.putObject("task")
        .put("id", view.task().toString())
        .put("name", view.taskName())
        .put("version", view.taskVersion());
    json.put("status", view.status().name());
    json.set("input", tree(view.input()));
    json.set("output", tree(view.output()));
    json.set("failure", tree(view.failure()));
    ArrayNode attempts = json.putArray("attempts");
    detailed.attempts().forEach(attempt -> attempts.add(attempt(attempt)));
    json.put("acceptedAt", view.acceptedAt().toString());
    json.set("executionMetadata", metadata(view, detailed.attempts()));
    json.set("progress", tree(view.progress()));
    json.set("route", tree(view.route()));
    json.set("waiting", waiting(view));
    json.put("priority", view.priority());
    json.set("labels", tree(view.labels()));
    json.set("origin", tree(view.origin()));
    json.put("parent", view.parent() == null ? null : view.parent().toString());
    json.set("checks", tree(detailed.checks() == null ? "[]" : detailed.checks()));
    json.set("cancellation", tree(view.cancel()));
    json.set("paused", tree(view.pause()));
    json.set("skipped", tree(view.skip()));
    json.set("signals", signals(view));
    ArrayNode files = json.putArray("files");
    view.files().forEach(file -> files.add(file(file)));
    json.set("cached", tree(view.cached()));
    json.set("warnings", tree(view.warnings() == null ? "[]" : view.warnings()));
    Would would = view.dryRun();
    json.put("dryRun", would != null);
    json.set("wouldHave", tree(would == null ? null : would.steps()));
    json.put("logsRemovedAt", text(view.logsRemovedAt()));
    json.putObject("links")
        .put("temporal", temporal.of(view.project(), view.id()))
        .put("logs", "/logs?execution=" + view.id())
        .put("events", events(view.id()))
        .put("artifacts", "/executions/" + view.id() + "/artifacts");
    return json;
  }

  /** What it may be told, and which of it must come before it begins. */
  private @Nullable ObjectNode signals(ExecutionView view) {
    SortedMap<String, Signal> declared =
        contracts
            .find(view.task(), view.taskVersion())
            .map(contract -> contract.definition().signals())
            .orElseGet(TreeMap::new);
    if (declared.isEmpty()) {
      return null;
    }
    ObjectNode json = JSON.createObjectNode();
    declared.keySet().forEach(json.putArray("declared")::add);
    ArrayNode awaited = json.putArray("awaited");
    if (!view.status().ended()) {
      view.awaits().forEach(awaited::add);
    }
    return json;
  }

  private static ObjectNode file(InputFile file) {
    return JSON.createObjectNode()
        .put("path", file.path())
        .put("sha256", file.sha256())
        .put("size", file.size());
  }

  private static String events(ExecutionId id) {
    return "/executions/" + id + "/events";
  }

  private static ObjectNode attempt(AttemptView attempt) {
    ObjectNode json =
        JSON.createObjectNode()
            .put("number", attempt.number())
            .put("startedAt", attempt.startedAt().toString())
            .put("endedAt", text(attempt.endedAt()))
            .put("worker", attempt.worker())
            .put("environment", attempt.environment())
            .put("memory", attempt.memory() == null ? null : attempt.memory().toString());
    json.set("failure", tree(attempt.failure()));
    json.set("usage", tree(attempt.usage()));
    return json;
  }

  private static ObjectNode metadata(ExecutionView view, List<AttemptView> attempts) {
    Instant start = view.startedAt();
    Instant end = view.endedAt();
    return JSON.createObjectNode()
        .put("startTime", text(start))
        .put("endTime", text(end))
        .put(
            "duration",
            start == null || end == null ? null : Duration.between(start, end).toString())
        .put("executionEnvironment", attempts.isEmpty() ? null : attempts.getLast().environment());
  }

  /** What holds the execution up, named so that somebody can do something about it. */
  private static @Nullable JsonNode waiting(ExecutionView view) {
    if (view.waitingFor() != null) {
      return waiting(view.waitingFor(), view.waitingSince());
    }
    if (view.status() != Status.RECEIVED) {
      return null;
    }
    return view.dueAt().isAfter(view.acceptedAt())
        ? waiting("its start time " + view.dueAt(), view.acceptedAt())
        : waiting("a free slot of pool '" + view.pool() + "'", view.acceptedAt());
  }

  private static ObjectNode waiting(String reason, @Nullable Instant since) {
    return JSON.createObjectNode()
        .put("for", reason)
        .put("since", text(since))
        .putNull("ahead")
        .putNull("until");
  }

  /** The same for one that was not dispatched, with its place in the line. */
  ObjectNode waiting(Wait wait) {
    return waiting(wait.reason(), wait.since())
        .put("ahead", wait.ahead())
        .put("until", text(wait.until()));
  }

  private static @Nullable String text(@Nullable Instant instant) {
    return instant == null ? null : instant.toString();
  }

  /** JSON as it was stored, its numbers as they were written; null for nothing. */
  public static JsonNode tree(@Nullable String json) {
    return json == null ? JSON.nullNode() : JSON.readTree(json);
  }
}
