package io.taskwright.store.execution;

import io.taskwright.model.definition.ConcurrencyLimit.OnLimit;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The limits of its task that an execution is held against.
 *
 * @param place how many may be under way at once, or null
 * @param pace how many may begin in a time, or null
 */
public record StartLimits(@Nullable Place place, @Nullable Pace pace) {
  /** There are none. */
  public static final StartLimits NONE = new StartLimits(null, null);

  /**
   * A limit of how many are under way at once.
   *
   * @param id the same for all executions that share it
   * @param key what they share, for people; null for the whole task
   */
  public record Place(UUID id, @Nullable String key, int most, OnLimit onLimit) {}

  /**
   * A limit of how many begin within any window of that length.
   *
   * @param id the same for all executions that share it
   * @param key what they share, for people; null for the whole task
   * @param refuses whether a start that finds it reached is refused
   */
  public record Pace(UUID id, @Nullable String key, int most, Duration per, boolean refuses) {}

  /** What an execution can wait for before it waits for a pool. */
  enum Gate {
    CONCURRENCY,
    RATE
  }

  /** The same for what is not refused: it waits its turn where others would be. */
  public StartLimits held() {
    return new StartLimits(
        place == null || place.onLimit() != OnLimit.REJECT
            ? place
            : new Place(place.id(), place.key(), place.most(), OnLimit.QUEUE),
        pace == null ? null : new Pace(pace.id(), pace.key(), pace.most(), pace.per(), false));
  }

  /** Whether a start may be refused for them. */
  boolean refuse() {
    return (place != null && place.onLimit() == OnLimit.REJECT) || (pace != null && pace.refuses());
  }

  /**
   * What an execution waits for first; null if it has passed them all. The finer limit comes first:
   * then nobody holds a place of a coarse one while he waits behind others for a fine one. A limit
   * for the whole task is coarser than any with a key.
   *
   * @param placed whether it has its place already
   * @param paced whether the rate has let it through already
   */
  @Nullable Gate first(boolean placed, boolean paced) {
    boolean wantsPlace = place != null && !placed;
    if (pace == null || paced) {
      return wantsPlace ? Gate.CONCURRENCY : null;
    }
    return wantsPlace && pace.key() == null ? Gate.CONCURRENCY : Gate.RATE;
  }
}
