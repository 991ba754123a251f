package io.taskwright.app.terminal;

/** How many columns of a terminal texts take. */
final class Columns {
  private static final String CUT = "…";

  private Columns() {}

  static int of(String text) {
    return text.codePoints().map(Columns::of).sum();
  }

  private static int of(int c) {
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
      default -> wide(c) ? 2 : 1;
    };
  }

  /** East Asian scripts and pictures (Unicode Annex 11, the great blocks). */
  private static boolean wide(int c) {
    return (c >= 0x1100 && c <= 0x115F)
        || (c >= 0x2E80 && c <= 0xA4CF && c != 0x303F)
        || (c >= 0xAC00 && c <= 0xD7A3)
        || (c >= 0xF900 && c <= 0xFAFF)
        || (c >= 0xFE30 && c <= 0xFE6F)
        || (c >= 0xFF00 && c <= 0xFF60)
        || (c >= 0xFFE0 && c <= 0xFFE6)
        || (c >= 0x1F300 && c <= 0x1FAFF)
        || (c >= 0x20000 && c <= 0x3FFFD);
  }

  /** The text, or as much of its beginning as fits, with a mark that there was more. */
  static String cut(String text, int width) {
    if (of(text) <= width) {
      return text;
    }
    StringBuilder shown = new StringBuilder();
    int taken = 0;
    for (int c : text.codePoints().toArray()) {
      taken += of(c);
      if (taken > width - 1) {
        break;
      }
      shown.appendCodePoint(c);
    }
    return width < 1 ? "" : shown + CUT;
  }

  /** The text, filled up with spaces. */
  static String pad(String text, int width) {
    return text + " ".repeat(Math.max(0, width - of(text)));
  }
}
