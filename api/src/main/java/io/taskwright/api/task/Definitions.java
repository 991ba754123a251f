package io.taskwright.api.task;

import io.taskwright.api.problem.ProblemCode;
import io.taskwright.api.problem.ProblemException;
import io.taskwright.model.Project;
import io.taskwright.model.Violation;
import io.taskwright.model.definition.Code;
import io.taskwright.model.definition.TaskDefinition;
import io.taskwright.model.definition.Work;
import io.taskwright.model.secret.SecretName;
import io.taskwright.rules.DefinitionReader;
import io.taskwright.rules.DefinitionReader.Reading;
import io.taskwright.store.blob.Bundles;
import io.taskwright.store.catalogue.Draft;
import io.taskwright.store.secret.SecretStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Checks definitions against the rules and against what the project has. */
@Component
final class Definitions {
  private final DefinitionReader reader;
  private final Bundles bundles;
  private final SecretStore secrets;
  private final CheckTasks checks;

  Definitions(DefinitionReader reader, Bundles bundles, SecretStore secrets, CheckTasks checks) {
    this.reader = reader;
    this.bundles = bundles;
    this.secrets = secrets;
    this.checks = checks;
  }

  /**
   * What comes with a definition.
   *
   * @param bundles their digests
   * @param definitions by the keys of their names
   */
  record Brought(Set<String> bundles, Map<String, JsonNode> definitions) {
    static final Brought NOTHING = new Brought(Set.of(), Map.of());
  }

  /** The definition; a problem with every violation if it is wrong. */
  TaskDefinition valid(Project project, JsonNode body) {
    Reading reading = reader.read(body);
    List<Violation> violations = violations(project, reading, Brought.NOTHING);
    if (reading instanceof Reading.Valid valid && violations.isEmpty()) {
      return valid.definition();
    }
    throw invalid(violations);
  }

  private static ProblemException invalid(List<Violation> violations) {
    return new ProblemException(
        ProblemCode.DEFINITION_INVALID,
        "the definition is wrong in "
            + violations.size()
            + (violations.size() == 1 ? " place" : " places"),
        violations);
  }

  /** The definition of a draft; a problem with every violation if it is wrong. */
  TaskDefinition valid(Project project, Draft draft) {
    JsonNode body = TaskJson.tree(draft.definition());
    List<Violation> violations = violations(project, draft);
    if (violations.isEmpty()) {
      return valid(project, body);
    }
    throw invalid(violations);
  }

  /** Everything that is wrong with a draft. */
  List<Violation> violations(Project project, Draft draft) {
    JsonNode body = TaskJson.tree(draft.definition());
    List<Violation> violations = new ArrayList<>(violations(project, body));
    String name = body.path("name").asString("");
    if (!name.equals(draft.name())
        && violations.stream().noneMatch(found -> found.pointer().equals("/name"))) {
      violations.add(renamed(draft.name()));
    }
    return violations;
  }

  /** A task keeps its name. */
  static Violation renamed(String name) {
    return new Violation("/name", "INVALID_NAME", "must stay '" + name + "'; or create a task");
  }

  /** The name that a task begins with; the rest of its draft may be wrong. */
  String draftName(Project project, JsonNode body) {
    List<Violation> violations =
        violations(project, body).stream()
            .filter(found -> found.pointer().isEmpty() || found.pointer().equals("/name"))
            .toList();
    if (!body.isObject() || !violations.isEmpty()) {
      throw invalid(violations);
    }
    return body.get("name").stringValue();
  }

  /** Everything that is wrong with a definition. */
  List<Violation> violations(Project project, JsonNode body) {
    return violations(project, body, Brought.NOTHING);
  }

  /** Everything that is wrong with a definition that does not come alone. */
  List<Violation> violations(Project project, JsonNode body, Brought brought) {
    return violations(project, reader.read(body), brought);
  }

  private List<Violation> violations(Project project, Reading reading, Brought brought) {
    return switch (reading) {
      case Reading.Invalid(List<Violation> violations) -> violations;
      case Reading.Valid(TaskDefinition definition) -> missing(project, definition, brought);
    };
  }

  private List<Violation> missing(Project project, TaskDefinition definition, Brought brought) {
    Work.Automated work =
        switch (definition.work()) {
          case Work.Automated automated -> automated;
        };
    List<Violation> missing = new ArrayList<>();
    if (work.code() instanceof Code.Bundle(String digest, String entry)
        && !brought.bundles().contains(digest)
        && !bundles.has(project, digest)) {
      missing.add(
          new Violation(
              "/automated/bundle/digest",
              "UNKNOWN_BUNDLE",
              "no such bundle was uploaded; upload it with POST /bundles first"));
    }
    work.secrets().values().stream()
        .distinct()
        .sorted(Comparator.comparing(SecretName::value))
        .filter(name -> secrets.find(project, name).isEmpty())
        .forEach(name ->
            missing.add(
                new Violation(
                    "/automated/secrets",
                    ProblemCode.UNKNOWN_SECRET.name(),
                    "there is no secret " + name + "; put it with PUT /secrets/" + name)));
    missing.addAll(checks.violations(project, definition, brought.definitions()));
    return missing;
  }
}
