package io.taskwright.model.execution;

import java.util.Optional;

/** What a start wants of results that are known, if its task keeps any. */
public enum CacheUse {
  /** Take a known one, or do the work and keep its result. */
  USE("use"),
  /** Do the work, and keep its result in the place of a known one. */
  REFRESH("refresh"),
  /** Do the work, and keep nothing. */
  BYPASS("bypass");

  private final String word;

  CacheUse(String word) {
    this.word = word;
  }

  /** As it stands in a request. */
  public String word() {
    return word;
  }

  /** What the word means. */
  public static Optional<CacheUse> of(String word) {
    for (CacheUse use : values()) {
      if (use.word.equals(word)) {
        return Optional.of(use);
      }
    }
    return Optional.empty();
  }
}
