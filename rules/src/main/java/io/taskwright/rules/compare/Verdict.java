package io.taskwright.rules.compare;

import java.util.Locale;

/** Whether those who rely on the older version can rely on the newer one, from best to worst. */
public enum Verdict {
  /** It means the same. */
  SAME,
  /** Whatever was good stays good. */
  COMPATIBLE,
  /** It could not be decided. */
  UNKNOWN,
  /** Something that was good is not good any more. */
  BREAKING;

  /** The worse of the two. */
  public Verdict and(Verdict other) {
    return compareTo(other) < 0 ? other : this;
  }

  /** As answers name it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
