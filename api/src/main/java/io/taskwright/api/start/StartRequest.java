package io.taskwright.api.start;

import io.taskwright.api.body.Bodies;
import io.taskwright.api.body.Envelope;
import io.taskwright.api.execution.ExecutionJson;
import io.taskwright.api.problem.ProblemCode;
import io.taskwright.api.problem.ProblemException;
import io.taskwright.model.execution.CacheUse;
import io.taskwright.model.file.FilePaths;
import io.taskwright.model.file.InputFile;
import io.taskwright.store.execution.ExecutionView;
import io.taskwright.store.execution.NewExecution.StartKey;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What a client asks for when it starts a task.
 *
 * @param version of the task; the latest if absent
 * @param startAt not before; at once if null
 * @param priority 1 (first) to 5
 * @param files hashes of uploaded files, by the paths where the program finds them
 * @param cacheUse what is wanted of known results
 * @param patience how long the client wants to wait for the end; zero if it does not
 */
public record StartRequest(
    JsonNode input,
    OptionalInt version,
    @Nullable Instant startAt,
    int priority,
    Map<String, String> labels,
    Map<String, String> files,
    @Nullable StartKey key,
    CacheUse cacheUse,
    Duration patience) {
  public static final int MOST_BYTES = 2 << 20;
  private static final List<String> ENTRY_ONLY = List.of("task", "key");
  private static final int MOST_LABELS = 20;
  private static final int LONGEST_LABEL = 100;
  private static final Duration LATEST = Duration.ofDays(366);
  public static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
  private static final JsonNode LATEST_VERSION = JsonNodeFactory.instance.stringNode("latest");

  /** Reads the request: body, {@code Idempotency-Key}, {@code Prefer}. */
  static StartRequest read(HttpServletRequest request, Instant now) throws IOException {
    JsonNode json = Bodies.json(request, MOST_BYTES);
    return read(
        Envelope.of(json),
        now,
        IdempotencyKeys.of(request, json.toString()),
        Patience.of(request, Duration.ZERO, LONGEST_WAIT));
  }

  /**
   * Reads an entry of a batch: a body as that of a single start, with its key in it. The task must
   * have been taken from it before.
   */
  static StartRequest entry(JsonNode json, Envelope body, Instant now) {
    if (json.toString().length() > MOST_BYTES) {
      throw Bodies.tooLarge(MOST_BYTES);
    }
    String alone = json.deepCopy().asObject().without(ENTRY_ONLY).toString();
    StartKey key = body.text("key").map(text -> IdempotencyKeys.of(text, alone)).orElse(null);
    return read(body, now, key, Duration.ZERO);
  }

  private static StartRequest read(
      Envelope body, Instant now, @Nullable StartKey key, Duration patience) {
    JsonNode input = body.any("input").orElseGet(JsonNodeFactory.instance::objectNode);
    OptionalInt version = body.integer("version", 1, Integer.MAX_VALUE);
    Optional<Instant> startAt = body.time("startAt");
    int priority = body.integer("priority", 1, 5).orElse(3);
    Map<String, String> labels = body.texts("labels", MOST_LABELS, LONGEST_LABEL);
    Map<String, String> files = body.texts("files", InputFile.MOST, FilePaths.MOST_BYTES);
    CacheUse cacheUse = body.text("cache").map(StartRequest::cacheUse).orElse(CacheUse.USE);
    body.end();
    if (startAt.filter(time -> time.isAfter(now.plus(LATEST))).isPresent()) {
      throw new ProblemException(
          ProblemCode.INVALID_TIME, "startAt must lie within the next 366 days");
    }
    return new StartRequest(
        input, version, startAt.orElse(null), priority, labels, files, key, cacheUse, patience);
  }

  /** A start that is only tried. */
  public static StartRequest dry(
      JsonNode input,
      OptionalInt version,
      Map<String, String> files,
      CacheUse cacheUse,
      Duration patience) {
    return new StartRequest(input, version, null, 3, Map.of(), files, null, cacheUse, patience);
  }

  /** Reads a wish to try again what failed: nothing about it can be changed. */
  public static StartRequest retry(HttpServletRequest request, ExecutionView before)
      throws IOException {
    JsonNode json = Bodies.jsonIfAny(request, MOST_BYTES);
    Envelope.of(json).end();
    OptionalInt version = OptionalInt.of(before.taskVersion());
    return again(request, json, before, ExecutionJson.tree(before.input()), version, CacheUse.USE);
  }

  /** Reads a wish to do it again; what the body does not name stays as it was. */
  public static StartRequest rerun(HttpServletRequest request, ExecutionView before)
      throws IOException {
    JsonNode json = Bodies.jsonIfAny(request, MOST_BYTES);
    Envelope body = Envelope.of(json);
    JsonNode input = body.any("input").orElseGet(() -> ExecutionJson.tree(before.input()));
    OptionalInt version = version(body, before.taskVersion());
    CacheUse cacheUse = body.text("cache").map(StartRequest::cacheUse).orElse(CacheUse.REFRESH);
    body.end();
    return again(request, json, before, input, version, cacheUse);
  }

  private static OptionalInt version(Envelope body, int before) {
    if (body.any("version").filter(LATEST_VERSION::equals).isPresent()) {
      return OptionalInt.empty();
    }
    OptionalInt number = body.integer("version", 1, Integer.MAX_VALUE);
    return number.isPresent() ? number : OptionalInt.of(before);
  }

  private static StartRequest again(
      HttpServletRequest request,
      JsonNode body,
      ExecutionView before,
      JsonNode input,
      OptionalInt version,
      CacheUse cacheUse) {
    String what = request.getRequestURI() + " " + body;
    return again(before, input, version, cacheUse, IdempotencyKeys.of(request, what));
  }

  /** A start that nobody asked for in a request. */
  static StartRequest of(JsonNode input, int version, int priority, CacheUse cacheUse) {
    return new StartRequest(
        input,
        OptionalInt.of(version),
        null,
        priority,
        Map.of(),
        Map.of(),
        null,
        cacheUse,
        Duration.ZERO);
  }

  /** What is asked for when an execution is done again: the rest stays as it was. */
  public static StartRequest again(
      ExecutionView before,
      JsonNode input,
      OptionalInt version,
      CacheUse cacheUse,
      @Nullable StartKey key) {
    Map<String, String> labels = new LinkedHashMap<>();
    ExecutionJson.tree(before.labels())
        .properties()
        .forEach(label -> labels.put(label.getKey(), label.getValue().stringValue()));
    Map<String, String> files = new LinkedHashMap<>();
    before.files().forEach(file -> files.put(file.path(), file.sha256()));
    return new StartRequest(
        input, version, null, before.priority(), labels, files, key, cacheUse, Duration.ZERO);
  }

  private static CacheUse cacheUse(String word) {
    return CacheUse.of(word)
        .orElseThrow(() ->
            new ProblemException(
                ProblemCode.VALUE_INVALID, "cache must be use, refresh or bypass"));
  }
}
