package io.taskwright.app.terminal;

import java.util.function.IntPredicate;

/**
 * Text that somebody else wrote, made harmless: a character that would steer a terminal, or make it
 * show something else than is there, is shown as an escape.
 */
public final class Harmless {
  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
  private static final int ZERO_WIDTH_JOINER = 0x200D;
  private static final int LAST_OF_ONE_BYTE = 0xFF;
  private static final int LAST_OF_TWO_BYTES = 0xFFFF;

  private Harmless() {}

  /** One line; ends of lines in it are shown too. */
  public static String line(String text) {
    return escape(text, c -> c != '\t', false);
  }

  /** Several lines, which stay so. */
  public static String lines(String text) {
    return escape(text, c -> c != '\t' && c != '\n', false);
  }

  /** A JSON document, which means the same after it. */
  public static String json(String text) {
    return escape(text, c -> c != '\n', true);
  }

  private static String escape(String text, IntPredicate candidate, boolean json) {
    if (text.codePoints().noneMatch(c -> steers(c) && candidate.test(c))) {
      return text;
    }
    StringBuilder shown = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(c -> {
          if (!steers(c) || !candidate.test(c)) {
            shown.appendCodePoint(c);
          } else if (json) {
            for (char unit : Character.toChars(c)) {
              shown.append("\\u").append(hex(unit, 4));
            }
          } else if (c <= LAST_OF_ONE_BYTE) {
            shown.append("\\x").append(hex(c, 2));
          } else if (c <= LAST_OF_TWO_BYTES) {
            shown.append("\\u").append(hex(c, 4));
          } else {
            shown.append("\\U").append(hex(c, 8));
          }
        });
    return shown.toString();
  }

  private static boolean steers(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      case Character.FORMAT -> c != ZERO_WIDTH_NON_JOINER && c != ZERO_WIDTH_JOINER;
      default -> false;
    };
  }

  private static String hex(int c, int digits) {
    String hex = Integer.toHexString(c);
    return "0".repeat(digits - hex.length()) + hex;
  }
}
