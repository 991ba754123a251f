package io.taskwright.store.catalogue;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Since when something is put away, and by whom. */
public record Archived(Instant at, String by) {
  static @Nullable Archived of(@Nullable Instant at, @Nullable String by) {
    return at == null ? null : new Archived(at, by == null ? "" : by);
  }
}
