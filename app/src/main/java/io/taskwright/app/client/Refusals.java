package io.taskwright.app.client;

import io.taskwright.app.terminal.Harmless;
import io.taskwright.client.Draft;
import io.taskwright.client.Problem;
import io.taskwright.client.ProblemException;
import io.taskwright.client.Strictness;
import io.taskwright.client.definition.Applied;
import io.taskwright.client.definition.Applying;
import io.taskwright.client.definition.DefinitionFile;
import io.taskwright.model.Violation;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** What the service refused, for the one who has to change something. */
public final class Refusals {
  private Refusals() {}

  /**
   * Brings a definition to the service.
   *
   * @throws Misuse that says what the service has against it
   */
  static Applied apply(Applying applying, DefinitionFile file, String as, Strictness strictness) {
    return told(file, () -> applying.apply(file, as, strictness));
  }

  /**
   * Saves a definition as a draft.
   *
   * @throws Misuse that says what the service has against it
   */
  static Draft draft(Applying applying, DefinitionFile file, String as) {
    return told(file, () -> applying.draft(file, as));
  }

  private static <T> T told(DefinitionFile file, Supplier<T> ask) {
    try {
      return ask.get();
    } catch (ProblemException e) {
      if (e.problem().ofServer()) {
        throw e;
      }
      throw new Misuse(text(e.problem(), file));
    }
  }

  /** A problem and everything that is wrong. */
  public static String text(Problem problem) {
    return text(problem, Refusals::pointer);
  }

  /** A problem with a definition: each place with its line in the file. */
  static String text(Problem problem, DefinitionFile file) {
    return text(problem, pointer -> place(pointer, file));
  }

  private static String text(Problem problem, Function<String, String> place) {
    StringBuilder text = new StringBuilder();
    text.append("%s: %s%n".formatted(problem.code(), Harmless.line(problem.detail())));
    text.append(violations(problem.errors(), place));
    text.append(hint(problem));
    return text.toString().stripTrailing();
  }

  /** One line for each violation of a definition. */
  static String text(List<Violation> violations, DefinitionFile file) {
    return violations(violations, pointer -> place(pointer, file)).stripTrailing();
  }

  /** One line for each violation of an input or output. */
  static String text(List<Violation> violations) {
    return violations(violations, Refusals::pointer).stripTrailing();
  }

  private static String violations(List<Violation> all, Function<String, String> place) {
    StringBuilder text = new StringBuilder();
    for (Violation violation : all) {
      text.append(
          "  %s: %s (%s)%n"
              .formatted(
                  place.apply(violation.pointer()),
                  Harmless.line(violation.message()),
                  Harmless.line(violation.keyword())));
    }
    return text.toString();
  }

  private static String pointer(String pointer) {
    return pointer.isEmpty() ? "(all of it)" : Harmless.line(pointer);
  }

  private static String place(String pointer, DefinitionFile file) {
    String line = file.line(pointer).isPresent() ? ":" + file.line(pointer).getAsInt() : "";
    return file.path() + line + " " + pointer(pointer);
  }

  private static String hint(Problem problem) {
    return switch (problem.code()) {
      case "UNAUTHENTICATED" ->
          "The service does not know this API key. Is it this service's, and not revoked?";
      case "FORBIDDEN" -> "Use a key of another role (taskwright keys list).";
      case "NOT_FOUND" -> "Lists: taskwright get tasks, taskwright get executions";
      default ->
          problem.ofServer() && !problem.traceId().isEmpty()
              ? "The service's log has more under trace " + Harmless.line(problem.traceId())
              : "";
    };
  }
}
