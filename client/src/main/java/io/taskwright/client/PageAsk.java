package io.taskwright.client;

import java.util.Optional;

/**
 * Which part of a list is wanted.
 *
 * @param limit the most entries, 1 to {@link #MOST}
 * @param cursor where it begins, as the part before said; empty for the first
 */
public record PageAsk(int limit, Optional<String> cursor) {
  /** The most entries that the service gives at once. */
  public static final int MOST = 200;

  /** The first part. */
  public static PageAsk first(int limit) {
    return new PageAsk(limit, Optional.empty());
  }

  Call.Query addTo(Call.Query query) {
    return query.add("limit", limit).add("cursor", cursor);
  }
}
