package io.taskwright.model.secret;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A value that nobody may read who does not need it. It never shows itself in a message.
 *
 * @param value the clear text
 */
public record SecretValue(String value) {
  /** What stands where a secret would. */
  public static final String MASK = "***";

  /** The fewest bytes of UTF-8, line breaks not counted: less could be masked in no other text. */
  public static final int LEAST_BYTES = 4;

  /** The most bytes of UTF-8. */
  public static final int MOST_BYTES = 64 << 10;

  /** What is wrong with a value that is to be kept, for a person; it does not repeat the value. */
  public static Optional<String> flaw(String value) {
    if (value.indexOf('\0') >= 0) {
      return Optional.of("must not hold the character U+0000");
    }
    int length = value.getBytes(StandardCharsets.UTF_8).length;
    if (length > MOST_BYTES) {
      return Optional.of("must be at most " + MOST_BYTES + " bytes of UTF-8");
    }
    long breaks = value.chars().filter(c -> c == '\n' || c == '\r').count();
    return length - breaks < LEAST_BYTES
        ? Optional.of(
            "must be at least "
                + LEAST_BYTES
                + " bytes of UTF-8 without its line breaks: shorter ones cannot be masked in"
                + " what a program says")
        : Optional.empty();
  }

  @Override
  public String toString() {
    return MASK;
  }
}
