package io.taskwright.api.task;

import io.taskwright.api.access.Caller;
import io.taskwright.api.access.Permission;
import io.taskwright.api.access.Requires;
import io.taskwright.api.body.Parameters;
import io.taskwright.api.body.Violations;
import io.taskwright.api.problem.ProblemException;
import io.taskwright.model.definition.TaskDefinition;
import io.taskwright.store.catalogue.Draft;
import io.taskwright.store.catalogue.Drafts;
import io.taskwright.store.catalogue.TaskHead;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Saying before a version is published what it would refuse of what was taken before. */
@RestController
final class PublishCheckController {
  private final KnownTasks known;
  private final Drafts drafts;
  private final Definitions definitions;
  private final PublishCheck check;

  PublishCheckController(
      KnownTasks known, Drafts drafts, Definitions definitions, PublishCheck check) {
    this.known = known;
    this.drafts = drafts;
    this.definitions = definitions;
    this.check = check;
  }

  @Requires(Permission.WRITE_TASKS)
  @PostMapping("/tasks/{task}/publish-check")
  ObjectNode check(@PathVariable String task, HttpServletRequest request, Caller caller)
      throws IOException {
    Parameters parameters = Parameters.of(request);
    int last = PublishCheck.last(parameters);
    TaskHead head = known.head(caller, task);
    boolean none = request.getContentLengthLong() <= 0 && request.getContentType() == null;
    TaskDefinition definition =
        none
            ? definitions.valid(caller.project(), draft(caller, head))
            : definitions.valid(caller.project(), Written.read(request, parameters).definition());
    return json(head, check.run(caller.project(), head.task(), definition, last));
  }

  private Draft draft(Caller caller, TaskHead head) {
    return drafts
        .find(caller.project(), head.task())
        .orElseThrow(() ->
            ProblemException.notFound(
                "draft of '" + head.name() + "'; send the definition that is meant"));
  }

  private static ObjectNode json(TaskHead head, PublishCheck.Report report) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.putObject("task").put("id", head.task().toString()).put("name", head.name());
    json.put("checked", report.checked()).put("complete", report.complete());
    json.putObject("refused").put("inputs", report.inputs()).put("outputs", report.outputs());
    ArrayNode executions = json.putArray("executions");
    for (PublishCheck.Refused refused : report.refused()) {
      ObjectNode one =
          executions
              .addObject()
              .put("id", refused.id().toString())
              .put("version", refused.version())
              .put("status", refused.status().name());
      one.set("input", Violations.json(refused.input()));
      one.set("output", Violations.json(refused.output()));
    }
    return json;
  }
}
