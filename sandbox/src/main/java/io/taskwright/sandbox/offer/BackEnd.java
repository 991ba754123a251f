package io.taskwright.sandbox.offer;

import java.util.Locale;
import java.util.Optional;

/** A kind of sandbox that an operator may allow. */
public enum BackEnd {
  BUBBLEWRAP,
  DOCKER,
  KUBERNETES,
  JAVASCRIPT;

  /** As it is written in the configuration, and as {@link io.taskwright.sandbox.Sandbox#name}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The back end of that name. */
  public static Optional<BackEnd> of(String word) {
    for (BackEnd one : values()) {
      if (one.word().equals(word)) {
        return Optional.of(one);
      }
    }
    return Optional.empty();
  }
}
