package io.taskwright.rules.expression;

import dev.cel.common.exceptions.CelInvalidArgumentException;
import io.taskwright.rules.regex.LinearPattern;
import io.taskwright.rules.regex.LinearPattern.NoPattern;

/** What expressions do with texts in our way: in linear time, and at their own cost. */
final class Texts {
  private Texts() {}

  /** Whether the pattern, of RE2 syntax, is found in the text. */
  static boolean matches(String text, String regex) {
    Budget budget = Budget.CURRENT.get();
    budget.charge(1L + regex.length());
    try {
      return LinearPattern.of(regex).isIn(text, budget::charge);
    } catch (NoPattern e) {
      throw new CelInvalidArgumentException(new IllegalArgumentException(e.reason()));
    }
  }

  /** Knuth, Morris and Pratt: the JDK's own search is quadratic in the worst case. */
  static boolean contains(String text, String sought) {
    Budget.CURRENT.get().text(text.length() + sought.length());
    if (sought.isEmpty()) {
      return true;
    }
    int[] back = new int[sought.length() + 1];
    back[0] = -1;
    for (int i = 0, k = -1; i < sought.length(); ) {
      while (k >= 0 && sought.charAt(i) != sought.charAt(k)) {
        k = back[k];
      }
      back[++i] = ++k;
    }
    int k = 0;
    for (int i = 0; i < text.length(); i++) {
      while (k >= 0 && text.charAt(i) != sought.charAt(k)) {
        k = back[k];
      }
      if (++k == sought.length()) {
        return true;
      }
    }
    return false;
  }
}
