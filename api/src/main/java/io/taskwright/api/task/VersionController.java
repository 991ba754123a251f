package io.taskwright.api.task;

import io.taskwright.api.access.Caller;
import io.taskwright.api.access.Permission;
import io.taskwright.api.access.Requires;
import io.taskwright.api.body.Bodies;
import io.taskwright.api.body.Envelope;
import io.taskwright.api.problem.ProblemCode;
import io.taskwright.api.problem.ProblemException;
import io.taskwright.store.catalogue.Archive;
import io.taskwright.store.catalogue.Catalogue;
import io.taskwright.store.catalogue.NewVersion;
import io.taskwright.store.catalogue.TaskHead;
import io.taskwright.store.catalogue.TaskVersion;
import io.taskwright.store.catalogue.VersionOrigin;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.OptionalInt;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The versions of a task: listing them, going back to one, putting them away. */
@RestController
final class VersionController {
  private static final int SMALL = 1 << 16;

  private final Catalogue catalogue;
  private final Archive archive;
  private final KnownTasks known;
  private final Definitions definitions;

  VersionController(
      Catalogue catalogue, Archive archive, KnownTasks known, Definitions definitions) {
    this.catalogue = catalogue;
    this.archive = archive;
    this.known = known;
    this.definitions = definitions;
  }

  @Requires(Permission.READ_TASKS)
  @GetMapping("/tasks/{task}/versions")
  ObjectNode versions(@PathVariable String task, Caller caller) {
    TaskHead head = known.head(caller, task);
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    var items = answer.putArray("items");
    catalogue
        .versions(caller.project(), head.task())
        .forEach(version -> items.add(TaskJson.brief(version)));
    return answer;
  }

  @Requires(Permission.WRITE_TASKS)
  @PostMapping("/tasks/{task}/rollback")
  ResponseEntity<JsonNode> rollBack(
      @PathVariable String task, HttpServletRequest request, Caller caller) throws IOException {
    TaskVersion latest = known.latest(caller, task);
    IfMatch ifMatch = IfMatch.required(request);
    Envelope body = Envelope.of(Bodies.json(request, SMALL));
    int number =
        body.integer("version", 1, Integer.MAX_VALUE)
            .orElseThrow(() ->
                new ProblemException(
                    ProblemCode.FIELD_REQUIRED, "version is required: which one to go back to"));
    String note = Written.note(body.text("note").orElse(""));
    body.end();
    if (latest.taskArchived() != null) {
      throw KnownTasks.archived(latest.name());
    }
    if (!ifMatch.names(TaskJson.etag(latest))) {
      throw KnownTasks.stale(latest.number());
    }
    TaskVersion wanted = known.version(caller, task, OptionalInt.of(number));
    refuse(wanted, latest);
    definitions.valid(caller.project(), TaskJson.tree(wanted.definition()));
    NewVersion next =
        new NewVersion(
            wanted.definition(),
            SourceController.source(catalogue, wanted),
            VersionOrigin.rollback(number),
            note,
            caller.actor().toString());
    TaskVersion made =
        catalogue
            .revise(caller.project(), latest.task(), latest.number(), next)
            .orElseThrow(() -> KnownTasks.stale(known.inUse(caller, task).latest()));
    return ResponseEntity.ok().eTag(TaskJson.etag(made)).body(TaskJson.whole(made));
  }

  private static void refuse(TaskVersion wanted, TaskVersion latest) {
    if (wanted.number() == latest.number()) {
      throw new ProblemException(
          ProblemCode.NEWEST_VERSION,
          "version %d is the newest already".formatted(wanted.number()));
    }
    if (wanted.archived() != null) {
      throw new ProblemException(
          ProblemCode.VERSION_ARCHIVED,
          "version %d is put away; POST /tasks/%s/versions/%d/unarchive takes it out again"
              .formatted(wanted.number(), wanted.name(), wanted.number()));
    }
  }

  @Requires(Permission.WRITE_TASKS)
  @PostMapping("/tasks/{task}/archive")
  JsonNode archive(@PathVariable String task, Caller caller) {
    TaskHead head = known.head(caller, task);
    if (head.latest() == 0) {
      throw new ProblemException(
          ProblemCode.NOT_PUBLISHED,
          "'%s' has only a draft; DELETE /tasks/%s/draft removes it"
              .formatted(head.name(), head.name()));
    }
    archive.put(head.task(), caller.actor().toString());
    return TaskJson.brief(known.latest(caller, task));
  }

  @Requires(Permission.WRITE_TASKS)
  @PostMapping("/tasks/{task}/unarchive")
  JsonNode unarchive(@PathVariable String task, Caller caller) {
    TaskVersion latest = known.latest(caller, task);
    archive.take(latest.task());
    return TaskJson.brief(known.latest(caller, task));
  }

  @Requires(Permission.WRITE_TASKS)
  @PostMapping("/tasks/{task}/versions/{number}/archive")
  JsonNode archive(@PathVariable String task, @PathVariable String number, Caller caller) {
    OptionalInt which = OptionalInt.of(KnownTasks.number(number));
    TaskVersion version = known.version(caller, task, which);
    if (!archive.put(version.task(), version.number(), caller.actor().toString())) {
      throw new ProblemException(
          ProblemCode.NEWEST_VERSION,
          ("version %d is what a start gets that names none; publish another one or go back to an"
                  + " older one first, or archive the whole task")
              .formatted(version.number()));
    }
    return TaskJson.brief(known.version(caller, task, which));
  }

  @Requires(Permission.WRITE_TASKS)
  @PostMapping("/tasks/{task}/versions/{number}/unarchive")
  JsonNode unarchive(@PathVariable String task, @PathVariable String number, Caller caller) {
    OptionalInt which = OptionalInt.of(KnownTasks.number(number));
    TaskVersion version = known.version(caller, task, which);
    archive.take(version.task(), version.number());
    return TaskJson.brief(known.version(caller, task, which));
  }
}
