package io.taskwright.app.client;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * Times as a person at this machine reads them.
 *
 * @param zone of the person
 */
record TimeOfDay(ZoneId zone) {
  private static final int MILLION = 1_000_000;

  static TimeOfDay here() {
    return new TimeOfDay(ZoneId.systemDefault());
  }

  /** {@code 14:03:07.120}. */
  String text(Instant time) {
    LocalTime local = time.atZone(zone).toLocalTime();
    return "%02d:%02d:%02d.%03d"
        .formatted(
            local.getHour(), local.getMinute(), local.getSecond(), local.getNano() / MILLION);
  }

  /** {@code 2026-03-01 14:03:07}. */
  String dayAndTime(Instant time) {
    ZonedDateTime local = time.atZone(zone);
    return "%s %02d:%02d:%02d"
        .formatted(local.toLocalDate(), local.getHour(), local.getMinute(), local.getSecond());
  }
}
