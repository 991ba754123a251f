package io.taskwright.model.execution;

import io.taskwright.model.ExecutionId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What made an execution.
 *
 * @param by who asked for it
 * @param execution the ended one that it does again, or the one that it checks; null for a start
 */
public record Origin(Kind kind, Actor by, @Nullable ExecutionId execution) {
  /** How executions come to be. */
  public enum Kind {
    /** A start through the API. */
    API,
    /** What failed is tried again as it was. */
    RETRY,
    /** It is done again, perhaps with another input or version. */
    RERUN,
    /** It checks what another one did. */
    CHECK;

    /** As the outer contract calls it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** That of a start. */
  public static Origin start(Actor by) {
    return new Origin(Kind.API, by, null);
  }
}
