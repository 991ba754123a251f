package io.taskwright.api.log;

import io.taskwright.api.access.Caller;
import io.taskwright.api.access.Permission;
import io.taskwright.api.access.Requires;
import io.taskwright.api.body.Bodies;
import io.taskwright.api.body.Cursor;
import io.taskwright.api.body.Envelope;
import io.taskwright.api.body.Pages;
import io.taskwright.api.body.Parameters;
import io.taskwright.api.execution.KnownExecutions;
import io.taskwright.api.problem.ProblemCode;
import io.taskwright.api.problem.ProblemException;
import io.taskwright.model.ExecutionId;
import io.taskwright.model.TaskId;
import io.taskwright.store.catalogue.Catalogue;
import io.taskwright.store.catalogue.TaskVersion;
import io.taskwright.store.execution.Events;
import io.taskwright.store.execution.Events.LogFilter;
import io.taskwright.store.execution.Events.LogLine;
import io.taskwright.store.execution.Events.Place;
import io.taskwright.store.execution.Fact;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The log of all executions, and adding to it. */
@RestController
final class LogController {
  private static final String LIST = "logs";
  private static final int MOST_BYTES = 128 << 10;
  private static final int LONGEST = 64 << 10;
  private static final Set<String> LEVELS = Set.of("DEBUG", "INFO", "WARN", "ERROR");
  private static final Duration PAST = Duration.ofDays(7);
  private static final Duration FUTURE = Duration.ofMinutes(1);

  private final Events events;
  private final Catalogue catalogue;
  private final InstantSource clock;

  LogController(Events events, Catalogue catalogue, InstantSource clock) {
    this.events = events;
    this.catalogue = catalogue;
    this.clock = clock;
  }

  @Requires(Permission.READ_LOGS)
  @GetMapping("/logs")
  ResponseEntity<JsonNode> list(HttpServletRequest request, Caller caller) {
    Parameters parameters = Parameters.of(request);
    int limit = parameters.limit();
    Optional<Instant> since = parameters.time("since");
    Optional<Instant> until = parameters.time("until");
    Parameters.ordered(since, until);
    Optional<ExecutionId> execution = parameters.one("execution").map(LogController::execution);
    LogFilter filter =
        new LogFilter(
            execution.orElse(null),
            parameters.one("task").map(task -> task(caller, task)).orElse(null),
            levels(parameters.all("level")),
            since.orElse(null),
            until.orElse(null),
            parameters.one("q").orElse(""),
            parameters.one("cursor").map(LogController::place).orElse(null));
    List<LogLine> lines = events.log(caller.project(), filter, limit + 1);
    if (lines.isEmpty() && execution.isPresent()) {
      Optional<Instant> removed = events.logRemovedAt(caller.project(), execution.get());
      if (removed.isPresent()) {
        return removed(removed.get());
      }
    }
    return Pages.answer(
        request,
        lines,
        limit,
        LogController::json,
        line ->
            Cursor.of(
                LIST,
                line.event().at().toString(),
                line.execution().toString(),
                Long.toString(line.event().seq())));
  }

  @Requires(Permission.WRITE_LOGS)
  @PostMapping("/logs")
  ResponseEntity<JsonNode> add(HttpServletRequest request, Caller caller) throws IOException {
    Envelope body = Envelope.of(Bodies.json(request, MOST_BYTES));
    String named = body.requiredText("execution");
    String level = body.requiredText("level").toUpperCase(Locale.ROOT);
    String message = body.requiredText("message");
    Instant now = clock.instant();
    Instant time = body.time("time").orElse(now);
    body.end();
    if (!LEVELS.contains(level)) {
      throw new ProblemException(ProblemCode.VALUE_INVALID, "level must be one of " + LEVELS);
    }
    if (message.length() > LONGEST) {
      throw new ProblemException(
          ProblemCode.VALUE_INVALID, "a message has at most " + LONGEST + " characters");
    }
    if (time.isBefore(now.minus(PAST)) || time.isAfter(now.plus(FUTURE))) {
      throw new ProblemException(ProblemCode.INVALID_TIME, "time must lie within the last 7 days");
    }
    ExecutionId id = KnownExecutions.id(named);
    Fact line = Fact.log(time, level, caller.actor().toString(), message);
    long seq = events.add(caller.project(), id, line).orElseThrow(() -> untaken(caller, id));
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", id + "." + seq)
            .put("execution", id.toString())
            .put("level", level)
            .put("time", time.toString())
            .put("source", caller.actor().toString())
            .put("message", message);
    return ResponseEntity.created(URI.create("/logs?execution=" + id)).body(json);
  }

  private ProblemException untaken(Caller caller, ExecutionId id) {
    return events
        .logRemovedAt(caller.project(), id)
        .map(at ->
            new ProblemException(
                ProblemCode.GONE,
                "the execution's log was removed at " + at + ": its time was over; none is added"))
        .orElseGet(KnownExecutions::absent);
  }

  /** Nothing, because it was kept as long as the project keeps logs. */
  private static ResponseEntity<JsonNode> removed(Instant at) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.putArray("items");
    return ResponseEntity.ok(body.putNull("nextCursor").put("removedAt", at.toString()));
  }

  private static ObjectNode json(LogLine line) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", line.execution() + "." + line.event().seq())
        .put("execution", line.execution().toString())
        .put("task", line.task().toString())
        .put("level", line.event().level())
        .put("time", line.event().at().toString())
        .put("source", line.event().source())
        .put("message", line.event().message());
  }

  private static ExecutionId execution(String text) {
    return ExecutionId.parse(text)
        .orElseThrow(() -> Parameters.wrong("execution", "must be the id of an execution"));
  }

  private TaskId task(Caller caller, String task) {
    return catalogue
        .find(caller.project(), task, OptionalInt.empty())
        .map(TaskVersion::task)
        .orElseThrow(() -> Parameters.wrong("task", "must be the id or name of a task"));
  }

  private static List<String> levels(List<String> words) {
    List<String> levels = words.stream().map(word -> word.toUpperCase(Locale.ROOT)).toList();
    if (!LEVELS.containsAll(levels)) {
      throw Parameters.wrong("level", "must be one of " + LEVELS);
    }
    return levels;
  }

  private static Place place(String cursor) {
    List<String> parts = Cursor.read(cursor, LIST, 3);
    try {
      return new Place(
          Instant.parse(parts.get(0)),
          ExecutionId.parse(parts.get(1)).orElseThrow(Cursor::invalid),
          Long.parseLong(parts.get(2)));
    } catch (DateTimeParseException | NumberFormatException e) {
      throw Objects.requireNonNull(Cursor.invalid());
    }
  }
}
