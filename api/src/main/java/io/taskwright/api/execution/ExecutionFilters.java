package io.taskwright.api.execution;

import io.taskwright.api.body.Envelope;
import io.taskwright.api.body.Parameters;
import io.taskwright.api.problem.ProblemCode;
import io.taskwright.api.problem.ProblemException;
import io.taskwright.model.ExecutionId;
import io.taskwright.model.Project;
import io.taskwright.model.TaskId;
import io.taskwright.model.execution.Status;
import io.taskwright.store.catalogue.Catalogue;
import io.taskwright.store.catalogue.VersionName;
import io.taskwright.store.execution.Executions.Filter;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Reads which executions are meant: from a query or from an object in a body, with the same words
 * and the same meaning.
 */
@Component
public class ExecutionFilters {
  private static final int LONGEST_TEXT = 1_000;

  private final Catalogue catalogue;

  ExecutionFilters(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** How a wrong value of a name is answered. */
  private interface Wrong extends BiFunction<String, String, ProblemException> {}

  /** What a query says, on the page before that id. */
  Filter of(Project project, Parameters query, @Nullable ExecutionId before) {
    return filter(
        project,
        query.one("task"),
        query.one("status"),
        query.all("label"),
        query.time("since"),
        query.time("until"),
        query.one("q"),
        before,
        query.one("dryRun").map(ExecutionFilters::flag).orElse(false),
        Parameters::wrong);
  }

  private static boolean flag(String word) {
    return switch (word) {
      case "true" -> true;
      case "false" -> false;
      default -> throw Parameters.wrong("dryRun", "must be true or false");
    };
  }

  /**
   * What an object in a body says, never dry runs; {@code label} is a text or a list of texts
   * there.
   */
  public Filter of(Project project, Envelope body) {
    Wrong wrong = (name, message) -> body.wrong(ProblemCode.VALUE_INVALID, name, message);
    Filter filter =
        filter(
            project,
            text(body, "task"),
            text(body, "status"),
            body.any("label").map(label -> texts(label, wrong)).orElse(List.of()),
            body.time("since"),
            body.time("until"),
            text(body, "q"),
            null,
            false,
            wrong);
    body.end();
    return filter;
  }

  private static Optional<String> text(Envelope body, String name) {
    Optional<String> text = body.text(name);
    if (text.filter(it -> it.isEmpty() || it.length() > LONGEST_TEXT).isPresent()) {
      throw body.wrong(ProblemCode.VALUE_INVALID, name, "has 1 to " + LONGEST_TEXT + " characters");
    }
    return text;
  }

  private static List<String> texts(JsonNode label, Wrong wrong) {
    List<JsonNode> all = label.isArray() ? label.valueStream().toList() : List.of(label);
    if (!all.stream().allMatch(JsonNode::isString)) {
      throw wrong.apply("label", "must be name=value, or a list of such texts");
    }
    return all.stream().map(JsonNode::stringValue).toList();
  }

  private Filter filter(
      Project project,
      Optional<String> task,
      Optional<String> status,
      List<String> labels,
      Optional<Instant> since,
      Optional<Instant> until,
      Optional<String> text,
      @Nullable ExecutionId before,
      boolean dryRuns,
      Wrong wrong) {
    Parameters.ordered(since, until);
    return new Filter(
        task.map(name -> task(project, name, wrong)).orElse(null),
        status.map(word -> status(word, wrong)).orElse(null),
        labels(labels, wrong),
        since.orElse(null),
        until.orElse(null),
        text.orElse(""),
        before,
        dryRuns);
  }

  private TaskId task(Project project, String task, Wrong wrong) {
    return catalogue
        .name(project, task, OptionalInt.empty())
        .map(VersionName::task)
        .orElseThrow(() -> wrong.apply("task", "must be the id or name of a task"));
  }

  private static Status status(String word, Wrong wrong) {
    return Arrays.stream(Status.values())
        .filter(status -> status.name().equals(word))
        .findFirst()
        .orElseThrow(() -> wrong.apply("status", "must be one of " + List.of(Status.values())));
  }

  private static Map<String, String> labels(List<String> texts, Wrong wrong) {
    Map<String, String> labels = new HashMap<>();
    for (String text : texts) {
      int equals = text.indexOf('=');
      if (equals < 1) {
        throw wrong.apply("label", "must be name=value");
      }
      labels.put(text.substring(0, equals), text.substring(equals + 1));
    }
    return labels;
  }
}
