package io.taskwright.rules;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.regex.RegularExpressionFactory;

/**
 * Regular expressions in linear time (RE2), so that no pattern of an author can hold a thread. What
 * RE2 lacks, look-around and back references, is refused when the schema is checked.
 */
final class LinearRegex implements RegularExpressionFactory {
  @Override
  public RegularExpression getRegularExpression(String regex) {
    Pattern pattern = Pattern.compile(regex);
    return text -> pattern.matcher(text).find();
  }

  /** Says what is wrong with the pattern, or nothing. */
  static String complaint(String regex) {
    try {
      Pattern.compile(regex);
      return "";
    } catch (PatternSyntaxException e) {
      return "'"
          + regex
          + "' is no regular expression of RE2 syntax ("
          + e.getDescription()
          + "); look-around and back references are not supported";
    }
  }
}
