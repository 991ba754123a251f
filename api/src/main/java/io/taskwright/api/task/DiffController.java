package io.taskwright.api.task;

import io.taskwright.api.access.Caller;
import io.taskwright.api.access.Permission;
import io.taskwright.api.access.Requires;
import io.taskwright.api.body.Parameters;
import io.taskwright.api.problem.ProblemException;
import io.taskwright.rules.compare.Change;
import io.taskwright.rules.compare.Comparison;
import io.taskwright.rules.compare.Finding;
import io.taskwright.rules.compare.JsonDiff;
import io.taskwright.rules.compare.SchemaComparison;
import io.taskwright.rules.compare.SignalComparison;
import io.taskwright.rules.compare.Verdict;
import io.taskwright.store.catalogue.Draft;
import io.taskwright.store.catalogue.Drafts;
import io.taskwright.store.catalogue.TaskHead;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Telling what differs between two versions, and whether it breaks those who rely on them. */
@RestController
final class DiffController {
  private static final int MOST_CHANGES = 1_000;
  private static final String DRAFT = "draft";

  /** They decide about inputs and outputs too, and no schema says how. */
  private static final List<String> JUDGES = List.of("/rules", "/checks");

  private final KnownTasks known;
  private final Drafts drafts;

  DiffController(KnownTasks known, Drafts drafts) {
    this.known = known;
    this.drafts = drafts;
  }

  /** One of the two. */
  private record Side(ObjectNode name, JsonNode definition) {
    @Nullable JsonNode schema(String field) {
      JsonNode schema = definition.get(field);
      return schema == null || schema.isNull() ? null : schema;
    }
  }

  @Requires(Permission.READ_TASKS)
  @GetMapping("/tasks/{task}/diff")
  ObjectNode diff(@PathVariable String task, HttpServletRequest request, Caller caller) {
    Parameters parameters = Parameters.of(request);
    TaskHead head = known.head(caller, task);
    boolean ofDraft = parameters.one("to").filter(DRAFT::equals).isPresent();
    Side to =
        ofDraft
            ? draft(caller, head)
            : version(caller, task, number(parameters, "to", head.latest()));
    int newest = ofDraft ? head.latest() : to.name().get("version").intValue() - 1;
    if (newest < 1 && parameters.one("from").isEmpty()) {
      throw ProblemException.notFound("older version of '" + head.name() + "' to compare with");
    }
    Side from = version(caller, task, number(parameters, "from", newest));
    return json(head, from, to);
  }

  private static int number(Parameters parameters, String name, int otherwise) {
    return KnownTasks.number(parameters, name).orElse(otherwise);
  }

  private Side version(Caller caller, String task, int number) {
    ObjectNode name = JsonNodeFactory.instance.objectNode().put("version", number);
    String definition = known.version(caller, task, OptionalInt.of(number)).definition();
    return new Side(name, TaskJson.tree(definition));
  }

  private Side draft(Caller caller, TaskHead head) {
    Draft draft =
        drafts
            .find(caller.project(), head.task())
            .orElseThrow(() -> ProblemException.notFound("draft of '" + head.name() + "'"));
    ObjectNode name = JsonNodeFactory.instance.objectNode().put(DRAFT, true);
    return new Side(name, TaskJson.tree(draft.definition()));
  }

  private static ObjectNode json(TaskHead head, Side from, Side to) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.putObject("task").put("id", head.task().toString()).put("name", head.name());
    json.set("from", from.name());
    json.set("to", to.name());
    List<Change> changes = JsonDiff.changes(from.definition(), to.definition());
    Comparison input =
        SchemaComparison.ofInputs(from.schema("inputSchema"), to.schema("inputSchema"));
    Comparison output =
        SchemaComparison.ofOutputs(from.schema("outputSchema"), to.schema("outputSchema"));
    Comparison signals = SignalComparison.of(from.schema("signals"), to.schema("signals"));
    boolean judged =
        changes.stream().anyMatch(one -> JUDGES.stream().anyMatch(one.pointer()::startsWith));
    Verdict others = judged ? Verdict.UNKNOWN : Verdict.SAME;
    json.put(
        "verdict", input.verdict().and(output.verdict()).and(signals.verdict()).and(others).word());
    json.set("input", json(input));
    json.set("output", json(output));
    json.set("signals", json(signals));
    ArrayNode list = json.putArray("changes");
    for (Change change : changes.subList(0, Math.min(MOST_CHANGES, changes.size()))) {
      ObjectNode one =
          list.addObject().put("pointer", change.pointer()).put("kind", change.kind().word());
      if (change.from() != null) {
        one.set("from", change.from());
      }
      if (change.to() != null) {
        one.set("to", change.to());
      }
    }
    return json.put("complete", changes.size() <= MOST_CHANGES);
  }

  private static ObjectNode json(Comparison comparison) {
    ObjectNode json =
        JsonNodeFactory.instance.objectNode().put("verdict", comparison.verdict().word());
    ArrayNode findings = json.putArray("findings");
    for (Finding finding : comparison.findings()) {
      findings
          .addObject()
          .put("pointer", finding.pointer())
          .put("keyword", finding.keyword())
          .put("verdict", finding.verdict().word())
          .put("message", finding.message());
    }
    return json;
  }
}
