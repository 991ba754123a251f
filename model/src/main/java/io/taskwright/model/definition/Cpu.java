package io.taskwright.model.definition;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A share of processor time.
 *
 * @param millicores thousandths of one core, at least 1
 */
public record Cpu(int millicores) {
  private static final Pattern TEXT =
      Pattern.compile("[0-9]{1,4}(\\.[0-9]{1,3})?|[1-9][0-9]{0,6}m");

  public Cpu {
    if (millicores < 1) {
      throw new IllegalArgumentException(
          "a share of the processor must be positive: " + millicores);
    }
  }

  /** Reads cores ({@code 0.1}, {@code 2}) or thousandths ({@code 100m}). */
  public static Optional<Cpu> parse(String text) {
    if (!TEXT.matcher(text).matches()) {
      return Optional.empty();
    }
    int millicores =
        text.endsWith("m")
            ? Integer.parseInt(text, 0, text.length() - 1, 10)
            : new BigDecimal(text).movePointRight(3).intValueExact();
    return millicores < 1 ? Optional.empty() : Optional.of(new Cpu(millicores));
  }

  @Override
  public String toString() {
    return new BigDecimal(millicores).movePointLeft(3).stripTrailingZeros().toPlainString();
  }
}
