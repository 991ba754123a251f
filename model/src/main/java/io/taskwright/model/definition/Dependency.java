package io.taskwright.model.definition;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A package in one exact version, of the kind that the runtime's own package manager installs.
 *
 * @param name that is unique among those of a task: the same package is never there twice
 * @param text as the package manager takes it: {@code pillow==11.0.0}, {@code left-pad@1.3.0},
 *     {@code org.slf4j:slf4j-api:2.0.16}
 */
public record Dependency(String name, String text) {
  private static final int LONGEST = 300;

  /** A name, extras of it, and one version without wildcards, URLs or markers. */
  private static final Pattern PIP =
      Pattern.compile(
          "([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)"
              + "((?:\\[[A-Za-z0-9._-]+(?:, ?[A-Za-z0-9._-]+)*\\])?)"
              + " ?== ?([0-9][A-Za-z0-9.!+_-]*)");

  private static final Pattern NPM =
      Pattern.compile(
          "((?:@[a-z0-9~-][a-z0-9._~-]*/)?[a-z0-9~-][a-z0-9._~-]*)"
              + "@([0-9]+\\.[0-9]+\\.[0-9]+(?:-[0-9A-Za-z.-]+)?)");

  private static final Pattern MAVEN =
      Pattern.compile("([A-Za-z0-9_.-]+:[A-Za-z0-9_.-]+):([0-9A-Za-z][A-Za-z0-9_.-]*)");

  /** Versions that mean another one tomorrow. */
  private static final Pattern MOVING =
      Pattern.compile(".*-SNAPSHOT|LATEST|RELEASE|latest\\..*", Pattern.CASE_INSENSITIVE);

  /** Tells whether programs of the runtime can have packages. */
  public static boolean offered(TaskRuntime runtime) {
    return switch (runtime) {
      case PYTHON, NODE, JAVA -> true;
      case BASH, JAVASCRIPT, WASM -> false;
    };
  }

  /** What one looks like, for messages; empty for a runtime without packages. */
  public static String example(TaskRuntime runtime) {
    return switch (runtime) {
      case PYTHON -> "pillow==11.0.0";
      case NODE -> "left-pad@1.3.0";
      case JAVA -> "org.slf4j:slf4j-api:2.0.16";
      case BASH, JAVASCRIPT, WASM -> "";
    };
  }

  /** Reads one of the runtime. */
  public static Optional<Dependency> parse(TaskRuntime runtime, String text) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    return switch (runtime) {
      case PYTHON -> pip(PIP.matcher(text));
      case NODE -> of(NPM.matcher(text), text);
      case JAVA -> of(MAVEN.matcher(text), text);
      case BASH, JAVASCRIPT, WASM -> Optional.empty();
    };
  }

  private static Optional<Dependency> pip(Matcher found) {
    if (!found.matches()) {
      return Optional.empty();
    }
    String name = found.group(1).replaceAll("[-_.]+", "-").toLowerCase(Locale.ROOT);
    String extras = found.group(2).replace(" ", "");
    return Optional.of(new Dependency(name, name + extras + "==" + found.group(3)));
  }

  private static Optional<Dependency> of(Matcher found, String text) {
    return found.matches() && !MOVING.matcher(found.group(2)).matches()
        ? Optional.of(new Dependency(found.group(1), text))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return text;
  }
}
