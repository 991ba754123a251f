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
import io.taskwright.model.definition.TaskDefinition;
import io.taskwright.store.catalogue.Catalogue;
import io.taskwright.store.catalogue.Drafts;
import io.taskwright.store.catalogue.TaskVersion;
import io.taskwright.store.catalogue.VersionOrigin;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.springframework.http.MediaType;
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

  private final Catalogue catalogue;
  private final Drafts drafts;
  private final KnownTasks known;
  private final Definitions definitions;
  private final PublishCheck check;

  TaskController(
      Catalogue catalogue,
      Drafts drafts,
      KnownTasks known,
      Definitions definitions,
      PublishCheck check) {
    this.catalogue = catalogue;
    this.drafts = drafts;
    this.known = known;
    this.definitions = definitions;
    this.check = check;
  }

  @Requires(Permission.WRITE_TASKS)
  @PostMapping("/tasks")
  ResponseEntity<JsonNode> create(HttpServletRequest request, Caller caller) throws IOException {
    Parameters parameters = Parameters.of(request);
    boolean draft = KnownTasks.flag(parameters, "draft");
    Written written = Written.read(request, parameters);
    String name =
        draft
            ? definitions.draftName(caller.project(), written.definition())
            : definitions.valid(caller.project(), written.definition()).name();
    try {
      return draft ? begun(name, written, caller) : created(name, written, caller);
    } catch (Catalogue.NameTaken e) {
      throw new ProblemException(
          ProblemCode.NAME_TAKEN,
          "there is a task '%s'; change it with PUT /tasks/%s, or its draft with PUT /tasks/%s/draft"
              .formatted(name, name, name));
    }
  }

  private ResponseEntity<JsonNode> created(String name, Written written, Caller caller) {
    TaskVersion made =
        catalogue.create(
            caller.project(),
            name,
            written.version(VersionOrigin.PUBLISHED, caller.actor().toString()));
    return ResponseEntity.created(URI.create("/tasks/" + made.task()))
        .eTag(TaskJson.etag(made))
        .body(TaskJson.whole(made));
  }

  private ResponseEntity<JsonNode> begun(String name, Written written, Caller caller) {
    return DraftController.created(
        drafts.create(caller.project(), name, DraftController.saved(written, caller)),
        definitions,
        caller.project());
  }

  @Requires(Permission.READ_TASKS)
  @PostMapping("/tasks/validate")
  ObjectNode validate(HttpServletRequest request, Caller caller) throws IOException {
    JsonNode body = Bodies.jsonOrYaml(request, Written.MOST_BYTES);
    List<Violation> violations = definitions.violations(caller.project(), body);
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("valid", violations.isEmpty());
    answer.set("errors", Violations.json(violations));
    return answer;
  }

  @Requires(Permission.READ_TASKS)
  @GetMapping("/tasks/{task}")
  ResponseEntity<?> get(@PathVariable String task, HttpServletRequest request, Caller caller) {
    Parameters parameters = Parameters.of(request);
    TaskVersion version = known.version(caller, task, KnownTasks.number(parameters, "version"));
    if (SourceController.isWanted(request)) {
      return SourceController.answer(
          SourceController.source(catalogue, version),
          MediaType.APPLICATION_YAML,
          TaskJson.etag(version));
    }
    return ResponseEntity.ok().eTag(TaskJson.etag(version)).body(TaskJson.whole(version));
  }

  @Requires(Permission.WRITE_TASKS)
  @PutMapping("/tasks/{task}")
  ResponseEntity<JsonNode> revise(
      @PathVariable String task, HttpServletRequest request, Caller caller) throws IOException {
    Parameters parameters = Parameters.of(request);
    TaskVersion latest = known.latest(caller, task);
    IfMatch ifMatch = IfMatch.required(request);
    if (latest.taskArchived() != null) {
      throw KnownTasks.archived(latest.name());
    }
    Written written = Written.read(request, parameters);
    TaskDefinition definition = definitions.valid(caller.project(), written.definition());
    if (!definition.name().equals(latest.name())) {
      throw new ProblemException(
          ProblemCode.DEFINITION_INVALID,
          "a task keeps its name",
          List.of(Definitions.renamed(latest.name())));
    }
    if (!ifMatch.names(TaskJson.etag(latest))) {
      throw KnownTasks.stale(latest.number());
    }
    check.ifStrict(parameters, caller.project(), latest.task(), definition);
    TaskVersion next =
        catalogue
            .revise(
                caller.project(),
                latest.task(),
                latest.number(),
                written.version(VersionOrigin.PUBLISHED, caller.actor().toString()))
            .orElseThrow(() -> overtaken(caller, task));
    return ResponseEntity.ok().eTag(TaskJson.etag(next)).body(TaskJson.whole(next));
  }

  private ProblemException overtaken(Caller caller, String task) {
    return KnownTasks.stale(known.inUse(caller, task).latest());
  }

  @Requires(Permission.READ_TASKS)
  @GetMapping("/tasks")
  ResponseEntity<JsonNode> list(HttpServletRequest request, Caller caller) {
    Parameters parameters = Parameters.of(request);
    int limit = parameters.limit();
    String after =
        parameters.one("cursor").map(cursor -> Cursor.read(cursor, LIST, 1).getFirst()).orElse("");
    String text = parameters.one("q").orElse("");
    String state = parameters.one("state").orElse("published");
    return switch (state) {
      case "published", "archived" ->
          Pages.answer(
              request,
              catalogue.page(caller.project(), state.equals("archived"), after, text, limit + 1),
              limit,
              TaskJson::brief,
              version -> Cursor.of(LIST, version.name()));
      case "draft" ->
          Pages.answer(
              request,
              drafts.page(caller.project(), after, text, limit + 1),
              limit,
              TaskJson::brief,
              draft -> Cursor.of(LIST, draft.name()));
      default -> throw Parameters.wrong("state", "must be published, archived or draft");
    };
  }
}
