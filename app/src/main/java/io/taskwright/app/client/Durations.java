package io.taskwright.app.client;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** Spans of time as people say them. */
final class Durations {
  private static final int TENS = 10;

  private Durations() {}

  /** {@code 0.16 s}, {@code 12.3 s}, {@code 5 min 03 s}, {@code 2 h 05 min}, {@code 3 d 04 h}. */
  static String text(Duration time) {
    if (time.toSeconds() < TENS) {
      return String.format(Locale.ROOT, "%.2f s", time.toMillis() / 1000.0);
    }
    if (time.toMinutes() < 1) {
      return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }
    if (time.toHours() < 1) {
      return "%d min %02d s".formatted(time.toMinutes(), time.toSecondsPart());
    }
    if (time.toDays() < 1) {
      return "%d h %02d min".formatted(time.toHours(), time.toMinutesPart());
    }
    return "%d d %02d h".formatted(time.toDays(), time.toHoursPart());
  }

  /** The span between two times, or nothing while one of them is not known. */
  static String between(Optional<Instant> from, Optional<Instant> to) {
    return from.isPresent() && to.isPresent() ? text(Duration.between(from.get(), to.get())) : "";
  }

  /** How long ago, in one unit: {@code 5 s}, {@code 3 min}, {@code 2 h}, {@code 9 d}. */
  static String ago(Optional<Instant> time, Instant now) {
    if (time.isEmpty()) {
      return "";
    }
    Duration age = Duration.between(time.get(), now);
    if (age.toMinutes() < 1) {
      return Math.max(0, age.toSeconds()) + " s";
    }
    if (age.toHours() < 1) {
      return age.toMinutes() + " min";
    }
    return age.toDays() < 1 ? age.toHours() + " h" : age.toDays() + " d";
  }
}
