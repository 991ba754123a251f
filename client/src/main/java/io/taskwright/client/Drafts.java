package io.taskwright.client;

import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Work on definitions that are no versions yet. A task is named by its id or its name. */
public final class Drafts {
  private final Transport transport;

  Drafts(Transport transport) {
    this.transport = transport;
  }

  /** The draft of a task, if it has one. */
  public Optional<Draft> find(String task) {
    return Tasks.present(() -> draft(transport.send(Call.get(at(task)))));
  }

  /** Adds a task that has only a draft. */
  public Draft create(Written written) {
    String route = written.query().add("draft", true).of("/tasks");
    return draft(transport.send(written.call("POST", route)));
  }

  /** Begins the draft of a task, or saves the one that is known anew. */
  public Draft save(String task, Optional<Draft> known, Written written) {
    Call call = written.call("PUT", written.query().of(at(task)));
    Call sent = known.isPresent() ? call.with("If-Match", known.get().etag()) : call;
    return draft(transport.send(sent));
  }

  /** Makes it the next version. */
  public Task publish(Draft draft, String note, Strictness strictness) {
    String route = strictness.addTo(new Call.Query()).of(at(draft.name()) + "/publish");
    JsonNode body = JsonNodeFactory.instance.objectNode().put("note", note);
    Call call = Call.post(route, body).with("If-Match", draft.etag());
    return new Task(transport.send(strictness.patient(call)).json());
  }

  /**
   * What its publication would refuse of what the last executions took and gave.
   *
   * @param last how many, 1 to 1000
   */
  public JsonNode check(String task, int last) {
    String route = new Call.Query().add("last", last).of(Tasks.at(task) + "/publish-check");
    Call call = Call.post(route).safeToRepeat();
    return transport.send(new Strictness(true, last).patient(call)).json();
  }

  private static Draft draft(Answer answer) {
    return new Draft(answer.json(), answer.header("ETag"));
  }

  private static String at(String task) {
    return Tasks.at(task) + "/draft";
  }
}
