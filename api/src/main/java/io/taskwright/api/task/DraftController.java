package io.taskwright.api.task;

import io.taskwright.api.access.Caller;
import io.taskwright.api.access.Permission;
import io.taskwright.api.access.Requires;
import io.taskwright.api.body.Bodies;
import io.taskwright.api.body.Envelope;
import io.taskwright.api.body.Parameters;
import io.taskwright.api.body.Violations;
import io.taskwright.api.problem.ProblemCode;
import io.taskwright.api.problem.ProblemException;
import io.taskwright.model.Project;
import io.taskwright.model.definition.TaskDefinition;
import io.taskwright.store.catalogue.Draft;
import io.taskwright.store.catalogue.Drafts;
import io.taskwright.store.catalogue.Drafts.Publication;
import io.taskwright.store.catalogue.Drafts.Saved;
import io.taskwright.store.catalogue.TaskHead;
import io.taskwright.store.catalogue.TaskVersion;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalInt;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Working on a definition before it is a version. A draft may be wrong; it says in what. */
@RestController
final class DraftController {
  private static final int SMALL = 1 << 16;

  private final Drafts drafts;
  private final KnownTasks known;
  private final Definitions definitions;
  private final PublishCheck check;

  DraftController(Drafts drafts, KnownTasks known, Definitions definitions, PublishCheck check) {
    this.drafts = drafts;
    this.known = known;
    this.definitions = definitions;
    this.check = check;
  }

  @Requires(Permission.READ_TASKS)
  @GetMapping("/tasks/{task}/draft")
  ResponseEntity<?> get(@PathVariable String task, HttpServletRequest request, Caller caller) {
    Draft draft = find(caller, known.head(caller, task));
    if (SourceController.isWanted(request)) {
      return SourceController.answer(draft.source(), MediaType.APPLICATION_YAML, etag(draft));
    }
    return ResponseEntity.ok().eTag(etag(draft)).body(json(draft, definitions, caller.project()));
  }

  @Requires(Permission.WRITE_TASKS)
  @PutMapping("/tasks/{task}/draft")
  ResponseEntity<JsonNode> save(
      @PathVariable String task, HttpServletRequest request, Caller caller) throws IOException {
    Parameters parameters = Parameters.of(request);
    TaskHead head = known.inUse(caller, task);
    Optional<Draft> before = drafts.find(caller.project(), head.task());
    boolean some = request.getHeader(HttpHeaders.IF_MATCH) != null;
    IfMatch ifMatch = before.isPresent() || some ? IfMatch.required(request) : new IfMatch("");
    Written written = Written.read(request, parameters);
    if (!written.definition().isObject()) {
      throw new ProblemException(
          ProblemCode.DEFINITION_INVALID, "a definition is an object with a name and its work");
    }
    OptionalInt basedOn = KnownTasks.number(parameters, "basedOn");
    if (basedOn.isPresent() && basedOn.getAsInt() > head.latest()) {
      throw Parameters.wrong("basedOn", "is beyond the newest version, " + head.latest());
    }
    if (before.isEmpty()) {
      if (some) {
        throw stale();
      }
      Draft begun =
          drafts
              .begin(
                  caller.project(),
                  head.task(),
                  basedOn.orElse(head.latest()),
                  saved(written, caller))
              .orElseThrow(DraftController::stale);
      return created(begun, definitions, caller.project());
    }
    if (!ifMatch.names(etag(before.get()))) {
      throw stale();
    }
    Draft next =
        drafts
            .save(
                caller.project(),
                head.task(),
                before.get().revision(),
                basedOn,
                saved(written, caller))
            .orElseThrow(DraftController::stale);
    return ResponseEntity.ok().eTag(etag(next)).body(json(next, definitions, caller.project()));
  }

  @Requires(Permission.WRITE_TASKS)
  @DeleteMapping("/tasks/{task}/draft")
  ResponseEntity<Void> remove(
      @PathVariable String task, HttpServletRequest request, Caller caller) {
    Draft draft = find(caller, known.head(caller, task));
    if (!IfMatch.required(request).names(etag(draft))
        || !drafts.remove(draft.task(), draft.revision())) {
      throw stale();
    }
    return ResponseEntity.noContent().build();
  }

  @Requires(Permission.WRITE_TASKS)
  @PostMapping("/tasks/{task}/draft/publish")
  ResponseEntity<JsonNode> publish(
      @PathVariable String task, HttpServletRequest request, Caller caller) throws IOException {
    Parameters parameters = Parameters.of(request);
    Draft draft = find(caller, known.inUse(caller, task));
    if (!IfMatch.required(request).names(etag(draft))) {
      throw stale();
    }
    Envelope body = Envelope.of(Bodies.jsonIfAny(request, SMALL));
    String note = Written.note(body.text("note").orElse(""));
    body.end();
    TaskDefinition definition = definitions.valid(caller.project(), draft);
    check.ifStrict(parameters, caller.project(), draft.task(), definition);
    return switch (drafts.publish(caller.project(), draft, note, caller.actor().toString())) {
      case Publication.Published(TaskVersion version) ->
          ResponseEntity.ok()
              .location(URI.create("/tasks/" + version.task()))
              .eTag(TaskJson.etag(version))
              .body(TaskJson.whole(version));
      case Publication.Stale() -> throw stale();
      case Publication.Outdated() -> throw outdated(known.inUse(caller, task), draft);
    };
  }

  private static ProblemException outdated(TaskHead head, Draft draft) {
    return new ProblemException(
        ProblemCode.DRAFT_OUTDATED,
        ("version %d came after version %d, on which the draft is based; look at"
                + " GET /tasks/%s/diff?from=%d&to=%d, then save the draft with basedOn=%d")
            .formatted(
                head.latest(),
                draft.basedOn(),
                head.name(),
                draft.basedOn(),
                head.latest(),
                head.latest()));
  }

  private Draft find(Caller caller, TaskHead head) {
    return drafts
        .find(caller.project(), head.task())
        .orElseThrow(() -> ProblemException.notFound("draft of '" + head.name() + "'"));
  }

  private static ProblemException stale() {
    return new ProblemException(
        ProblemCode.PRECONDITION_FAILED,
        "the draft was saved, published or removed meanwhile; read it, and send its ETag");
  }

  static Saved saved(Written written, Caller caller) {
    return new Saved(written.definition().toString(), written.source(), caller.actor().toString());
  }

  /** The answer to a draft that was begun. */
  static ResponseEntity<JsonNode> created(Draft draft, Definitions definitions, Project project) {
    return ResponseEntity.created(URI.create("/tasks/" + draft.task() + "/draft"))
        .eTag(etag(draft))
        .body(json(draft, definitions, project));
  }

  /** No version has such a tag, so that none passes for a draft. */
  static String etag(Draft draft) {
    return "\"d" + draft.revision() + "\"";
  }

  private static ObjectNode json(Draft draft, Definitions definitions, Project project) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.putObject("task").put("id", draft.task().toString()).put("name", draft.name());
    json.put("basedOn", draft.basedOn())
        .put("createdAt", draft.createdAt().toString())
        .put("createdBy", draft.createdBy())
        .put("updatedAt", draft.updatedAt().toString())
        .put("updatedBy", draft.updatedBy());
    ObjectNode source = json.putObject("source").put("mediaType", draft.source().mediaType());
    if (!draft.source().file().isEmpty()) {
      source.put("file", draft.source().file());
    }
    json.set("errors", Violations.json(definitions.violations(project, draft)));
    json.set("definition", TaskJson.tree(draft.definition()));
    return json;
  }
}
