package io.taskwright.model.protocol;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the lock of the packages of the attempt's task version.
 *
 * @param platform for which kind of interpreter, 1 to 200 characters; each has a lock of its own
 * @param lock what the executor found, to be kept if there is no lock yet; null to ask only
 */
public record LockRequest(String platform, @Nullable String lock) {
  /** The most characters of a lock. */
  public static final int LONGEST_LOCK = 4 << 20;

  public LockRequest {
    Objects.requireNonNull(platform, "platform");
  }
}
