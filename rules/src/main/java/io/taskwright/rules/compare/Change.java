package io.taskwright.rules.compare;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One place where two values differ.
 *
 * @param pointer the place: in the older value if it was removed, else in the newer one
 * @param from null if it was added
 * @param to null if it was removed
 */
public record Change(String pointer, Kind kind, @Nullable JsonNode from, @Nullable JsonNode to) {
  /** What happened there. */
  public enum Kind {
    ADDED,
    REMOVED,
    CHANGED;

    /** As answers name it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
