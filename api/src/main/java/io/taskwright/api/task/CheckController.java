package io.taskwright.api.task;

import io.taskwright.api.access.Caller;
import io.taskwright.api.access.Permission;
import io.taskwright.api.access.Requires;
import io.taskwright.api.body.Bodies;
import io.taskwright.api.body.Parameters;
import io.taskwright.api.dryrun.TestSuite;
import io.taskwright.api.start.Patience;
import io.taskwright.model.definition.DefinitionTest;
import io.taskwright.rules.DefinitionReader;
import io.taskwright.store.catalogue.CheckedDefinitions;
import io.taskwright.store.catalogue.TaskVersion;
import io.taskwright.store.catalogue.VersionName;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Running the tests that definitions carry. */
@RestController
final class CheckController {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int MOST_BYTES = 4 << 20;
  private static final Duration USUAL = Duration.ofMinutes(2);
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private final Definitions definitions;
  private final KnownTasks known;
  private final CheckedDefinitions checked;
  private final TestSuite suite;

  CheckController(
      Definitions definitions, KnownTasks known, CheckedDefinitions checked, TestSuite suite) {
    this.definitions = definitions;
    this.known = known;
    this.checked = checked;
    this.suite = suite;
  }

  /** Of a definition that is not saved. It is code of whoever may write tasks. */
  @Requires(Permission.WRITE_TASKS)
  @PostMapping("/tasks/check")
  ObjectNode check(HttpServletRequest request, Caller caller)
      throws IOException, InterruptedException {
    Parameters parameters = Parameters.of(request);
    JsonNode body = Bodies.jsonOrYaml(request, MOST_BYTES);
    String name = definitions.valid(caller.project(), body).name();
    List<DefinitionTest> tests = tests(body, parameters);
    VersionName version =
        new VersionName(
            checked.keep(caller.project(), body.toString(), caller.actor().toString()),
            name,
            CheckedDefinitions.VERSION);
    return report(request, version, tests, caller);
  }

  @Requires(Permission.START_EXECUTIONS)
  @PostMapping("/tasks/{task}/check")
  ObjectNode check(@PathVariable String task, HttpServletRequest request, Caller caller)
      throws InterruptedException {
    Parameters parameters = Parameters.of(request);
    TaskVersion found = known.version(caller, task, KnownTasks.number(parameters, "version"));
    List<DefinitionTest> tests = tests(JSON.readTree(found.definition()), parameters);
    return report(
        request, new VersionName(found.task(), found.name(), found.number()), tests, caller);
  }

  private static List<DefinitionTest> tests(JsonNode definition, Parameters parameters) {
    String text = parameters.one("q").orElse("");
    return DefinitionReader.tests(definition).stream()
        .filter(test -> test.name().contains(text))
        .toList();
  }

  private ObjectNode report(
      HttpServletRequest request, VersionName version, List<DefinitionTest> tests, Caller caller)
      throws InterruptedException {
    Duration patience = Patience.of(request, USUAL, LONGEST);
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ObjectNode task = answer.putObject("task").put("name", version.name());
    if (version.number() == CheckedDefinitions.VERSION) {
      task.putNull("version");
    } else {
      task.put("version", version.number());
    }
    return answer.setAll(suite.run(version, tests, patience, caller).json());
  }
}
