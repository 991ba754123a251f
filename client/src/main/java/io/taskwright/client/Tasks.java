package io.taskwright.client;

import io.taskwright.model.Violation;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/** The catalogue. A task is named by its id or its name. */
public final class Tasks {
  private static final int NOT_FOUND = 404;

  private final Transport transport;

  Tasks(Transport transport) {
    this.transport = transport;
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
    try {
      return Optional.of(get(task));
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
    Call.Query query = new Call.Query().add("q", Optional.of(text).filter(it -> !it.isEmpty()));
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

  static String at(String task) {
    return "/tasks/" + Call.segment(task);
  }
}
