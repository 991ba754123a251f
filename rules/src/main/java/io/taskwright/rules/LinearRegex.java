package io.taskwright.rules;

import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.regex.RegularExpressionFactory;
import io.taskwright.rules.regex.LinearPattern;
import io.taskwright.rules.regex.LinearPattern.NoPattern;

/** Regular expressions in linear time, so that no pattern of an author can hold a thread. */
final class LinearRegex implements RegularExpressionFactory {
  @Override
  public RegularExpression getRegularExpression(String regex) {
    try {
      LinearPattern pattern = LinearPattern.of(regex);
      return text -> pattern.isIn(text, steps -> {});
    } catch (NoPattern e) {
      throw new IllegalArgumentException(e.reason(), e);
    }
  }

  /** Says what is wrong with the pattern, or nothing. */
  static String complaint(String regex) {
    try {
      LinearPattern.of(regex);
      return "";
    } catch (NoPattern e) {
      return e.reason();
    }
  }
}
