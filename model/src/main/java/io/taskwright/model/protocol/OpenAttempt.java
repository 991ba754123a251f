package io.taskwright.model.protocol;

import java.util.Objects;

/**
 * Asks for the next attempt at an execution's work.
 *
 * @param grant from the order that Temporal handed over
 * @param nonce a fresh secret of 20 to 100 characters {@code A-Z a-z 0-9 _ -}; asking again with
 *     the same one gives the same attempt
 * @param worker who asks, for the record
 */
public record OpenAttempt(String grant, String nonce, String worker) {
  public OpenAttempt {
    Objects.requireNonNull(grant, "grant");
    Objects.requireNonNull(nonce, "nonce");
    Objects.requireNonNull(worker, "worker");
  }
}
