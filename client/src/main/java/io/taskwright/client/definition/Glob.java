package io.taskwright.client.definition;

import java.util.regex.Pattern;

/**
 * A pattern for paths below a folder. {@code *} and {@code ?} stand for characters of one name,
 * {@code **} for any number of folders; none of them stands for a leading dot.
 */
final class Glob {
  private static final Pattern WILD = Pattern.compile("[*?]");
  private static final String NO_DOT = "(?!\\.)";

  private final String text;
  private final Pattern regex;

  Glob(String text) {
    this.text = text;
    this.regex = Pattern.compile(regex(text));
  }

  /** Whether it is the path of one file. */
  boolean literal() {
    return !WILD.matcher(text).find();
  }

  /** Whether it can match something in a folder whose name begins with a dot. */
  boolean looksIntoHidden() {
    return text.startsWith(".") || text.contains("/.");
  }

  /** Whether a relative path with slashes fits. */
  boolean matches(String path) {
    return regex.matcher(path).matches();
  }

  private static String regex(String text) {
    StringBuilder regex = new StringBuilder();
    String[] names = text.split("/", -1);
    for (int i = 0; i < names.length; i++) {
      boolean last = i == names.length - 1;
      if (names[i].equals("**")) {
        regex.append("(?:").append(NO_DOT).append("[^/]+/)*");
        if (last) {
          regex.append(NO_DOT).append("[^/]+");
        }
      } else {
        name(regex, names[i]);
        regex.append(last ? "" : "/");
      }
    }
    return regex.toString();
  }

  private static void name(StringBuilder regex, String name) {
    if (name.startsWith("*") || name.startsWith("?")) {
      regex.append(NO_DOT);
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      regex.append(
          switch (c) {
            case '*' -> "[^/]*";
            case '?' -> "[^/]";
            default -> Pattern.quote(String.valueOf(c));
          });
    }
  }
}
