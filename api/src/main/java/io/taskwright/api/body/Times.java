package io.taskwright.api.body;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Times as RFC 3339 writes them, of the years 1 to 9999. */
final class Times {
  /** What is said where one is expected and something else came. */
  static final String EXPECTED =
      "must be an RFC 3339 time with an offset, such as 2026-03-01T12:00:00Z";

  private static final int LAST_YEAR = 9_999;

  private Times() {}

  /** The time, if the text is one. */
  static Optional<Instant> parse(String text) {
    try {
      OffsetDateTime time = OffsetDateTime.parse(text);
      return Optional.of(time)
          .filter(it -> it.getYear() > 0 && it.getYear() <= LAST_YEAR)
          .map(OffsetDateTime::toInstant);
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
