package io.taskwright.model.file;

import java.util.List;
import java.util.Optional;

/**
 * Names files by their paths. In it {@code *} stands for any part of a name, and {@code **} alone
 * between slashes for any folders, or none. Names that begin with a dot are meant only where the
 * pattern says the dot.
 *
 * @param text as its author wrote it
 */
public record FilePattern(String text) {
  /** The most {@code **} of a pattern: each multiplies the ways to look at a path. */
  private static final int MOST_DEEP = 2;

  private static final String DEEP = "**";

  public FilePattern {
    Optional<String> flaw = flaw(text);
    if (flaw.isPresent()) {
      throw new IllegalArgumentException("the pattern '" + text + "' " + flaw.get());
    }
  }

  /** What is wrong with a pattern, as the end of a sentence about it; empty if nothing is. */
  public static Optional<String> flaw(String text) {
    Optional<String> flaw = FilePaths.flaw(text.replace('*', 'x'));
    if (flaw.isPresent()) {
      return flaw;
    }
    List<String> parts = parts(text);
    if (parts.stream().anyMatch(part -> part.contains(DEEP) && !part.equals(DEEP))) {
      return Optional.of("has ** inside a name; it stands for folders, alone between slashes");
    }
    return parts.stream().filter(DEEP::equals).count() > MOST_DEEP
        ? Optional.of("has more than " + MOST_DEEP + " times **")
        : Optional.empty();
  }

  /** Tells whether the file is meant. */
  public boolean matches(String path) {
    return matches(parts(text), parts(path));
  }

  private static List<String> parts(String path) {
    return List.of(path.split("/", -1));
  }

  private static boolean matches(List<String> pattern, List<String> path) {
    if (pattern.isEmpty() || path.isEmpty()) {
      return pattern.isEmpty() && path.isEmpty();
    }
    List<String> rest = pattern.subList(1, pattern.size());
    if (!pattern.getFirst().equals(DEEP)) {
      return matches(pattern.getFirst(), path.getFirst())
          && matches(rest, path.subList(1, path.size()));
    }
    for (int taken = 0; taken <= path.size(); taken++) {
      boolean all = rest.isEmpty() && taken == path.size() && taken > 0;
      if (all || (!rest.isEmpty() && matches(rest, path.subList(taken, path.size())))) {
        return true;
      }
      if (taken < path.size() && path.get(taken).startsWith(".")) {
        return false;
      }
    }
    return false;
  }

  /** One name. The last star may always take more; those before it need not be asked again. */
  private static boolean matches(String pattern, String name) {
    if (name.startsWith(".") && !pattern.startsWith(".")) {
      return false;
    }
    int at = 0;
    int star = -1;
    int mark = 0;
    int i = 0;
    while (i < name.length()) {
      if (at < pattern.length() && pattern.charAt(at) == '*') {
        star = at++;
        mark = i;
      } else if (at < pattern.length() && pattern.charAt(at) == name.charAt(i)) {
        at++;
        i++;
      } else if (star >= 0) {
        at = star + 1;
        i = ++mark;
      } else {
        return false;
      }
    }
    while (at < pattern.length() && pattern.charAt(at) == '*') {
      at++;
    }
    return at == pattern.length();
  }

  @Override
  public String toString() {
    return text;
  }
}
