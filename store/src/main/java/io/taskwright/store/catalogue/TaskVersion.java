package io.taskwright.store.catalogue;

import io.taskwright.model.TaskId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One version of a task as it is stored.
 *
 * @param number 1 for the first
 * @param definition JSON, as its author wrote it
 * @param note why there is this version; may be empty
 * @param source what is known of its author's text; null if the text was not kept
 * @param archived null if it is in use
 * @param taskArchived null if the task is in use
 */
public record TaskVersion(
    TaskId task,
    String name,
    int number,
    String definition,
    Instant createdAt,
    String createdBy,
    String note,
    VersionOrigin origin,
    @Nullable SourceName source,
    @Nullable Archived archived,
    @Nullable Archived taskArchived) {

  /**
   * What a source is called, and what its bytes are.
   *
   * @param file empty if nobody said
   */
  public record SourceName(String mediaType, String file, String sha256) {}

  /** Whether it may not be started any more. */
  public boolean putAway() {
    return archived != null || taskArchived != null;
  }
}
