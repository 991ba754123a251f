package io.taskwright.api.task;

import io.taskwright.api.access.Caller;
import io.taskwright.api.access.Permission;
import io.taskwright.api.access.Requires;
import io.taskwright.api.body.Bodies;
import io.taskwright.api.body.Cursor;
import io.taskwright.api.body.Pages;
import io.taskwright.api.body.Parameters;
import io.taskwright.api.body.Violations;
import io.taskwright.api.problem.ProblemCode;
import io.taskwright.api.problem.ProblemException;
import io.taskwright.model.Violation;
import io.taskwright.store.catalogue.Catalogue;
import io.taskwright.store.catalogue.TaskVersion;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Defining tasks and looking at them. */
@RestController
final class TaskController {
  private static final String LIST = "tasks";
  private static final int MOST_BYTES = 4 << 20;

  private final Catalogue catalogue;
  private final Definitions definitions;

  TaskController(Catalogue catalogue, Definitions definitions) {
    this.catalogue = catalogue;
    this.definitions = definitions;
  }

  @Requires(Permission.WRITE_TASKS)
  @PostMapping("/tasks")
  ResponseEntity<JsonNode> create(HttpServletRequest request, Caller caller) throws IOException {
    JsonNode body = Bodies.jsonOrYaml(request, MOST_BYTES);
    String name = definitions.valid(caller.project(), body).name();
    try {
      TaskVersion made =
          catalogue.create(caller.project(), name, body.toString(), caller.actor().toString());
      return ResponseEntity.created(URI.create("/tasks/" + made.task()))
          .eTag(TaskJson.etag(made))
          .body(TaskJson.whole(made));
    } catch (Catalogue.NameTaken e) {
      throw new ProblemException(
          ProblemCode.NAME_TAKEN,
          "there is a task '" + name + "'; change it with PUT /tasks/" + name);
    }
  }

  @Requires(Permission.READ_TASKS)
  @PostMapping("/tasks/validate")
  ObjectNode validate(HttpServletRequest request, Caller caller) throws IOException {
    JsonNode body = Bodies.jsonOrYaml(request, MOST_BYTES);
    List<Violation> violations = definitions.violations(caller.project(), body);
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("valid", violations.isEmpty());
    answer.set("errors", Violations.json(violations));
    return answer;
  }

  @Requires(Permission.READ_TASKS)
  @GetMapping("/tasks/{task}")
  ResponseEntity<JsonNode> get(
      @PathVariable String task, HttpServletRequest request, Caller caller) {
    OptionalInt number = number(Parameters.of(request, "version").one("version"));
    TaskVersion version = find(caller, task, number);
    return ResponseEntity.ok().eTag(TaskJson.etag(version)).body(TaskJson.whole(version));
  }

  @Requires(Permission.WRITE_TASKS)
  @PutMapping("/tasks/{task}")
  ResponseEntity<JsonNode> revise(
      @PathVariable String task, HttpServletRequest request, Caller caller) throws IOException {
    TaskVersion latest = find(caller, task, OptionalInt.empty());
    String ifMatch = request.getHeader(HttpHeaders.IF_MATCH);
    if (ifMatch == null) {
      throw new ProblemException(
          ProblemCode.PRECONDITION_REQUIRED,
          "send If-Match with the ETag of the version that you changed");
    }
    JsonNode body = Bodies.jsonOrYaml(request, MOST_BYTES);
    String name = definitions.valid(caller.project(), body).name();
    if (!name.equals(latest.name())) {
      throw new ProblemException(
          ProblemCode.DEFINITION_INVALID,
          "a task keeps its name",
          List.of(
              new Violation(
                  "/name", "INVALID_NAME", "must stay '" + latest.name() + "'; or create a task")));
    }
    if (!TaskJson.matches(ifMatch, latest)) {
      throw stale(latest);
    }
    TaskVersion next =
        catalogue
            .revise(
                caller.project(),
                latest.task(),
                latest.number(),
                body.toString(),
                caller.actor().toString())
            .orElseThrow(() -> stale(find(caller, task, OptionalInt.empty())));
    return ResponseEntity.ok().eTag(TaskJson.etag(next)).body(TaskJson.whole(next));
  }

  private static ProblemException stale(TaskVersion latest) {
    return new ProblemException(
        ProblemCode.PRECONDITION_FAILED,
        "the newest version is " + latest.number() + "; read it, change it, send its ETag");
  }

  @Requires(Permission.READ_TASKS)
  @GetMapping("/tasks/{task}/versions")
  ObjectNode versions(@PathVariable String task, Caller caller) {
    TaskVersion latest = find(caller, task, OptionalInt.empty());
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    var items = answer.putArray("items");
    catalogue
        .versions(caller.project(), latest.task())
        .forEach(version -> items.add(TaskJson.brief(version)));
    return answer;
  }

  @Requires(Permission.READ_TASKS)
  @GetMapping("/tasks")
  ResponseEntity<JsonNode> list(HttpServletRequest request, Caller caller) {
    Parameters parameters = Parameters.of(request, "q", "limit", "cursor");
    int limit = parameters.limit();
    String after =
        parameters.one("cursor").map(cursor -> Cursor.read(cursor, LIST, 1).getFirst()).orElse("");
    List<TaskVersion> rows =
        catalogue.page(caller.project(), after, parameters.one("q").orElse(""), limit + 1);
    return Pages.answer(
        request, rows, limit, TaskJson::brief, version -> Cursor.of(LIST, version.name()));
  }

  private TaskVersion find(Caller caller, String task, OptionalInt number) {
    return catalogue
        .find(caller.project(), task, number)
        .orElseThrow(() ->
            ProblemException.notFound(
                number.isPresent() ? "such version of such a task" : "such task"));
  }

  private static OptionalInt number(Optional<String> text) {
    if (text.isEmpty()) {
      return OptionalInt.empty();
    }
    if (!text.get().matches("[1-9][0-9]{0,8}")) {
      throw Parameters.wrong("version", "must be the number of a version");
    }
    return OptionalInt.of(Integer.parseInt(text.get()));
  }
}
