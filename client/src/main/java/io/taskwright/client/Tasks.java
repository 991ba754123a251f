package io.taskwright.client;

import io.taskwright.model.Violation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The catalogue. A task is named by its id or its name. */
public final class Tasks {
  private static final int NOT_FOUND = 404;
  private static final Duration LONGEST_EXPORT = Duration.ofMinutes(5);

  private final Transport transport;

  Tasks(Transport transport) {
    this.transport = transport;
  }

  /** Adds a task as its author wrote it; its definition is checked. */
  public Task create(Written written) {
    return new Task(transport.send(written.call("POST", written.query().of("/tasks"))).json());
  }

  /**
   * Makes the next version as its author wrote it.
   *
   * @param known the version that the new one was made from
   */
  public Task update(Task known, Written written, Strictness strictness) {
    String route = strictness.addTo(written.query()).of(at(known.id()));
    Call call = written.call("PUT", route).with("If-Match", known.etag());
    return new Task(transport.send(strictness.patient(call)).json());
  }

  /** What the author of a version wrote, byte for byte. */
  public byte[] source(Task version) {
    String route =
        new Call.Query().add("version", version.version()).of(at(version.id()) + "/source");
    return transport.send(Call.get(route)).body();
  }

  /**
   * What differs between two versions.
   *
   * @param from the one before the other if empty
   * @param to a number or {@code draft}; the newest if empty
   */
  public JsonNode diff(String task, Optional<String> from, Optional<String> to) {
    String route = new Call.Query().add("from", from).add("to", to).of(at(task) + "/diff");
    return transport.send(Call.get(route)).json();
  }

  /** Makes a new version that is equal to an older one. */
  public Task rollBack(Task latest, int version, String note) {
    JsonNode body = JsonNodeFactory.instance.objectNode().put("version", version).put("note", note);
    Call call = Call.post(at(latest.id()) + "/rollback", body).with("If-Match", latest.etag());
    return new Task(transport.send(call).json());
  }

  /** Puts a task, or one version of it, away, or takes it out again. */
  public Task archive(String task, OptionalInt version, boolean away) {
    String one = version.isPresent() ? "/versions/" + version.getAsInt() : "";
    String route = at(task) + one + (away ? "/archive" : "/unarchive");
    return new Task(transport.send(Call.post(route).safeToRepeat()).json());
  }

  /** Brings an archive of definitions: all of them, or none. */
  public JsonNode bring(Path archive) throws IOException {
    Call call = Call.with("POST", "/tasks/import", "application/zip", new byte[0]);
    return transport.upload(call, archive).json();
  }

  /** Writes the tasks in use into an archive that another service takes. */
  public void take(Path archive) {
    transport.download(Call.get("/tasks/export").patient(LONGEST_EXPORT), archive);
  }

  /** Adds a task; its definition is checked. */
  public Task create(JsonNode definition) {
    return new Task(transport.send(Call.post("/tasks", definition)).json());
  }

  /** The latest version. */
  public Task get(String task) {
    return get(task, OptionalInt.empty());
  }

  /** That version, or the latest. */
  public Task get(String task, OptionalInt version) {
    Call.Query query = new Call.Query();
    version.ifPresent(number -> query.add("version", number));
    return new Task(transport.send(Call.get(query.of(at(task)))).json());
  }

  /** The latest version, if there is such a task. */
  public Optional<Task> find(String task) {
    return present(() -> get(task));
  }

  /** What is asked for, if it is there. */
  static <T> Optional<T> present(Supplier<T> ask) {
    try {
      return Optional.of(ask.get());
    } catch (ProblemException e) {
      if (e.problem().status() == NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * Makes the next version.
   *
   * @param known the version that the new one was made from; if it is not the newest any more, the
   *     service refuses with 412
   */
  public Task update(Task known, JsonNode definition) {
    Call call = Call.put(at(known.id()), definition).with("If-Match", known.etag());
    return new Task(transport.send(call).json());
  }

  /**
   * A part of the catalogue, by name.
   *
   * @param text what the name contains; empty for all
   */
  public Page<Task> list(String text, PageAsk ask) {
    return list(text, Optional.empty(), ask);
  }

  /**
   * A part of the catalogue, by name.
   *
   * @param text what the name contains; empty for all
   * @param state published, archived or draft; published if empty
   */
  public Page<Task> list(String text, Optional<String> state, PageAsk ask) {
    Call.Query query = query(text).add("state", state);
    return Page.of(transport.send(Call.get(ask.addTo(query).of("/tasks"))).json(), Task::new);
  }

  /** All versions, without their definitions. */
  public List<Task> versions(String task) {
    Answer answer = transport.send(Call.get(at(task) + "/versions"));
    return Page.of(answer.json(), Task::new).items();
  }

  /** Everything that is wrong with a definition; nothing is saved. */
  public List<Violation> validate(JsonNode definition) {
    Answer answer = transport.send(Call.post("/tasks/validate", definition).safeToRepeat());
    return Json.violations(answer.json().path("errors"));
  }

  /**
   * Runs the tests of a definition that is not saved, and that nobody can start.
   *
   * @param text what the names of the tests contain; empty for all
   * @param patience how long they may take, at most ten minutes
   */
  public CheckReport check(JsonNode definition, String text, Duration patience) {
    return checked(Call.post(query(text).of("/tasks/check"), definition), patience);
  }

  /** The same with the tests of a version of a task; of the latest if none is named. */
  public CheckReport check(String task, OptionalInt version, String text, Duration patience) {
    Call.Query query = query(text);
    version.ifPresent(number -> query.add("version", number));
    return checked(Call.post(query.of(at(task) + "/check")), patience);
  }

  private CheckReport checked(Call call, Duration patience) {
    Call patient = call.with("Prefer", "wait=" + patience.toSeconds()).patient(patience);
    return new CheckReport(transport.send(patient.safeToRepeat()).json());
  }

  private static Call.Query query(String text) {
    return new Call.Query().add("q", Optional.of(text).filter(it -> !it.isEmpty()));
  }

  static String at(String task) {
    return "/tasks/" + Call.segment(task);
  }
}
