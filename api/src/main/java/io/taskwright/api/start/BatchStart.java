package io.taskwright.api.start;

import io.taskwright.api.access.Caller;
import io.taskwright.api.body.Envelope;
import io.taskwright.api.execution.ExecutionJson;
import io.taskwright.api.problem.ProblemException;
import io.taskwright.api.problem.Problems;
import io.taskwright.model.ExecutionId;
import io.taskwright.model.execution.Origin;
import io.taskwright.store.catalogue.Catalogue;
import io.taskwright.store.catalogue.VersionName;
import io.taskwright.store.execution.Intake;
import io.taskwright.store.execution.Intake.Acceptance;
import io.taskwright.store.execution.NewExecution;
import io.taskwright.store.limit.Refusal;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Holds each start of many against its task, and takes those that are right in with one commit. */
@Component
class BatchStart {
  private final Catalogue catalogue;
  private final Starting starting;
  private final Intake intake;
  private final ExecutionJson json;

  BatchStart(Catalogue catalogue, Starting starting, Intake intake, ExecutionJson json) {
    this.catalogue = catalogue;
    this.starting = starting;
    this.intake = intake;
    this.json = json;
  }

  /** What a single entry of the batch came to before anything is stored. */
  private sealed interface Entry {
    record Right(NewExecution execution, VersionName version) implements Entry {}

    record Before(Acceptance.Earlier earlier, VersionName version) implements Entry {}

    record Wrong(ProblemException problem) implements Entry {}
  }

  /** Starts of which it is known whether they are right; nothing is stored yet. */
  final class Prepared {
    private final List<Entry> entries;

    private Prepared(List<Entry> entries) {
      this.entries = entries;
    }

    /** Stores what is right in one commit, and says what came of each entry. */
    String accept(String trace) {
      Iterator<Acceptance> acceptances =
          intake
              .acceptAll(
                  entries.stream()
                      .filter(Entry.Right.class::isInstance)
                      .map(entry -> ((Entry.Right) entry).execution())
                      .toList())
              .iterator();
      ObjectNode answer = JsonNodeFactory.instance.objectNode();
      ArrayNode items = answer.putArray("items");
      for (Entry entry : entries) {
        items.add(
            switch (entry) {
              case Entry.Right right -> item(acceptances.next(), right.version(), trace);
              case Entry.Before before -> item(before.earlier(), before.version(), trace);
              case Entry.Wrong wrong -> item(wrong.problem(), trace);
            });
      }
      return answer.toString();
    }
  }

  /** Reads the entries and holds each against its task. */
  Prepared prepare(List<JsonNode> items, Caller caller, Instant now) {
    Map<String, Optional<VersionName>> versions = new HashMap<>();
    return new Prepared(items.stream().map(item -> entry(item, caller, now, versions)).toList());
  }

  private Entry entry(
      JsonNode item, Caller caller, Instant now, Map<String, Optional<VersionName>> versions) {
    try {
      Envelope body = Envelope.of(item);
      String task = body.requiredText("task");
      StartRequest start = StartRequest.entry(item, body, now);
      VersionName version = version(task, start.version(), caller, versions);
      Optional<Acceptance.Earlier> earlier =
          intake.earlier(caller.project(), version.task(), start.key());
      return earlier.isPresent()
          ? new Entry.Before(earlier.get(), version)
          : new Entry.Right(
              starting
                  .ready(start, version, caller.project(), Origin.start(caller.actor()))
                  .execution(),
              version);
    } catch (ProblemException e) {
      return new Entry.Wrong(e);
    }
  }

  private VersionName version(
      String task, OptionalInt number, Caller caller, Map<String, Optional<VersionName>> versions) {
    return versions
        .computeIfAbsent(
            number + " " + task, unknown -> catalogue.name(caller.project(), task, number))
        .orElseThrow(Starting::absent);
  }

  private ObjectNode item(Acceptance acceptance, VersionName version, String trace) {
    return switch (acceptance) {
      case Acceptance.Accepted(ExecutionId id) -> item(id, version, version.number());
      case Acceptance.Repeated(ExecutionId id, int number) -> item(id, version, number);
      case Acceptance.Conflict() -> item(IdempotencyKeys.conflict(), trace);
      case Acceptance.Refused(Refusal refusal) -> item(Refusals.problem(refusal), trace);
    };
  }

  private ObjectNode item(ExecutionId id, VersionName version, int number) {
    ObjectNode item =
        JsonNodeFactory.instance.objectNode().put("status", HttpStatus.ACCEPTED.value());
    item.set("execution", json.accepted(id, version.task().toString(), version.name(), number));
    return item.put("location", "/executions/" + id).putNull("problem");
  }

  private static ObjectNode item(ProblemException problem, String trace) {
    ObjectNode item = JsonNodeFactory.instance.objectNode().put("status", problem.code().status());
    item.putNull("execution").putNull("location");
    item.set("problem", Problems.json(problem, trace));
    return item;
  }
}
