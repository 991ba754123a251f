package io.taskwright.rules.regex;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.function.LongConsumer;

/**
 * A regular expression of RE2 syntax, matched in linear time. What RE2 lacks, look-around and back
 * references, is refused, and so is what would take much memory.
 */
public final class LinearPattern {
  private static final int CHARACTERS_PER_CHARGE = 8;
  private static final int INSTRUCTIONS_PER_STEP = 8;

  private final Pattern pattern;
  private final long cost;

  private LinearPattern(Pattern pattern) {
    this.pattern = pattern;
    this.cost = 1L + pattern.programSize() / INSTRUCTIONS_PER_STEP;
  }

  /** Thrown when a text is no pattern; the message is for a person. */
  public static final class NoPattern extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;

    NoPattern(String reason) {
      super(reason);
      this.reason = reason;
    }

    /** Why it is none. */
    public String reason() {
      return reason;
    }
  }

  /**
   * Makes a pattern ready.
   *
   * @throws NoPattern if it is not of RE2 syntax, or its counted repetitions make it too large
   */
  public static LinearPattern of(String regex) throws NoPattern {
    if (!PatternSize.bearable(regex)) {
      throw new NoPattern(
          "'"
              + shortened(regex)
              + "' is too large a pattern: with its repetitions written out it has more than "
              + PatternSize.MOST
              + " parts");
    }
    try {
      return new LinearPattern(Pattern.compile(regex));
    } catch (PatternSyntaxException e) {
      throw new NoPattern(
          "'"
              + shortened(regex)
              + "' is no regular expression of RE2 syntax ("
              + e.getDescription()
              + "); look-around and back references are not supported");
    }
  }

  /**
   * Whether the pattern occurs in the text.
   *
   * @param meter is told, while it goes on, how many steps were spent; may throw to end it. A step
   *     is eight characters of the text at a small pattern, less at a large one
   */
  public boolean isIn(String text, LongConsumer meter) {
    return pattern.matcher(new Metered(text, meter, cost)).find();
  }

  private static String shortened(String regex) {
    return regex.length() <= 200 ? regex : regex.substring(0, 200) + "…";
  }

  /** A text that costs its reader something for every character. */
  private record Metered(String text, LongConsumer meter, long cost) implements CharSequence {
    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      if (index % CHARACTERS_PER_CHARGE == 0) {
        meter.accept(cost);
      }
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.subSequence(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
