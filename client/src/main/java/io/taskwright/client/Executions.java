package io.taskwright.client;

import io.taskwright.model.ExecutionId;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Starting tasks, and looking at, following and ending what runs. */
public final class Executions {
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
  private static final Duration FOR_MANY = Duration.ofSeconds(60);
  private static final int NOT_FOUND = 404;

  private final Transport transport;

  Executions(Transport transport) {
    this.transport = transport;
  }

  /** What can be done to an execution under way. */
  public enum Command {
    /** It ends; the work may clean up. */
    CANCEL,
    /** It ends at once; the work is killed. */
    TERMINATE,
    /** It is held. */
    PAUSE,
    /** What is held goes on. */
    RESUME
  }

  /**
   * Starts a task. Under an idempotency key the call is repeated while nobody answers.
   *
   * @param task id or name
   * @return the execution as it was accepted, or as it ended within the time waited for
   */
  public Execution start(String task, Start start) {
    return new Execution(transport.send(start.call(task)).json());
  }

  /**
   * Starts many at once, in one commit. One that is refused does not stop the others.
   *
   * @param items each with {@code task} and the fields of a start's body, and perhaps a {@code key}
   *     of its own; 1000 at most
   * @param key under which asking again gives the same answers
   * @return what came of each, in their order
   */
  public List<StartResult> startAll(List<? extends JsonNode> items, String key) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    items.forEach(body.putArray("items")::add);
    Call call = Call.post("/executions/batch", body).with("Idempotency-Key", key);
    return transport
        .send(call.safeToRepeat().patient(FOR_MANY))
        .json()
        .path("items")
        .valueStream()
        .map(StartResult::new)
        .toList();
  }

  /** What a start would do; nothing is started. */
  public Preview preview(String task, Start start) {
    return new Preview(transport.send(start.preview(task)).json());
  }

  /**
   * Starts a task without its effects, to see what a start would do. Of the start count its input,
   * version and files.
   *
   * @param mocks what the result of the work is taken to be: {@code {output}} or {@code {failure}}
   */
  public DryRunReport dryRun(String task, Start start, Optional<JsonNode> mocks) {
    return new DryRunReport(transport.send(start.dryRun(task, mocks)).json());
  }

  /** Everything about an execution. */
  public Execution get(ExecutionId id) {
    return new Execution(transport.send(Call.get(at(id))).json());
  }

  /** Everything about an execution, if there is one of that id. */
  public Optional<Execution> find(ExecutionId id) {
    try {
      return Optional.of(get(id));
    } catch (ProblemException e) {
      if (e.problem().status() == NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** A part of the list of executions, the newest first. */
  public Page<Execution> list(ExecutionFilter filter, PageAsk ask) {
    Call.Query query = ask.addTo(filter.query());
    return Page.of(transport.send(Call.get(query.of("/executions"))).json(), Execution::new);
  }

  /**
   * Does that to an execution under way.
   *
   * @param reason for the record; may be empty
   * @return the status that it is in now
   * @throws ProblemException if it has ended ({@code ALREADY_ENDED}), or what is not paused shall
   *     be resumed ({@code NOT_PAUSED})
   */
  public String command(ExecutionId id, Command command, String reason) {
    return commanded(id, command.name().toLowerCase(Locale.ROOT), reasoned(reason));
  }

  /**
   * Gives the output of an execution under way in place of its work, which is killed.
   *
   * @param reason for the record; may be empty
   * @return the status that it is in now
   * @throws ProblemException if it has ended ({@code ALREADY_ENDED}), or the output is not what the
   *     task promises ({@code OUTPUT_INVALID})
   */
  public String skip(ExecutionId id, JsonNode output, String reason) {
    ObjectNode body = reasoned(reason);
    body.set("output", output);
    return commanded(id, "skip", body);
  }

  /**
   * Changes its place among those that wait.
   *
   * @param priority 1 (first) to 5
   * @return the status that it is in now
   * @throws ProblemException if it has ended ({@code ALREADY_ENDED})
   */
  public String prioritize(ExecutionId id, int priority) {
    return commanded(id, "priority", reasoned("").put("priority", priority));
  }

  /**
   * Tells it what its task declares. Attempts that begin later find it.
   *
   * @param key under which asking again keeps one signal
   * @return the status that it was in when the signal came
   * @throws ProblemException if its task declares no such signal ({@code UNKNOWN_SIGNAL}), the
   *     payload breaks its schema ({@code PAYLOAD_INVALID}), or it has ended ({@code
   *     ALREADY_ENDED})
   */
  public String signal(ExecutionId id, String name, JsonNode payload, String key) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.set("payload", payload);
    String path = at(id) + "/signals/" + Call.segment(name);
    Call call = Call.post(path, body).with("Idempotency-Key", key).safeToRepeat();
    return transport.send(call).json().path("status").asString("");
  }

  private String commanded(ExecutionId id, String command, ObjectNode body) {
    JsonNode answer = transport.send(Call.post(at(id) + "/" + command, body).safeToRepeat()).json();
    return answer.path("status").asString("");
  }

  /**
   * Tries again what failed or was cancelled, as it was.
   *
   * @param key under which asking again gives the same execution
   * @return the new execution as it was accepted
   * @throws ProblemException if it has not ended ({@code NOT_ENDED}), or nothing failed ({@code
   *     NOTHING_FAILED})
   */
  public Execution retry(ExecutionId id, String key) {
    return again(Call.post(at(id) + "/retry"), key);
  }

  /**
   * Does an ended execution again.
   *
   * @param input another one; the same if empty
   * @param version a number or {@code latest}; the same if empty
   * @param key under which asking again gives the same execution
   * @return the new execution as it was accepted
   * @throws ProblemException if it has not ended ({@code NOT_ENDED}), or the input does not fit the
   *     version ({@code INPUT_INVALID})
   */
  public Execution rerun(
      ExecutionId id, Optional<JsonNode> input, Optional<String> version, String key) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    input.ifPresent(value -> body.set("input", value));
    version.ifPresent(named -> {
      if (NUMBER.matcher(named).matches()) {
        body.put("version", Integer.parseInt(named));
      } else {
        body.put("version", named);
      }
    });
    return again(Call.post(at(id) + "/rerun", body), key);
  }

  private Execution again(Call call, String key) {
    return new Execution(transport.send(call.with("Idempotency-Key", key).safeToRepeat()).json());
  }

  private static ObjectNode reasoned(String reason) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    return reason.isEmpty() ? body : body.put("reason", reason);
  }

  /**
   * Hands every event to the follower, each once and in order, and returns when the execution has
   * ended. A connection that breaks is made again.
   *
   * @param after the number of the last event that is known already; 0 for none
   * @param patience for how long nobody may answer
   * @throws UnreachableException if nobody answered for so long
   */
  public void follow(ExecutionId id, long after, Duration patience, Follower follower) {
    new EventStream(transport, id, after, patience, follower).follow();
  }

  private static String at(ExecutionId id) {
    return "/executions/" + id;
  }
}
