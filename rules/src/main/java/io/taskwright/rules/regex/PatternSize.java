package io.taskwright.rules.regex;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reckons how large a pattern becomes when its counted repetitions are written out, which is how it
 * is compiled: {@code ((a{1000}){1000}){1000}} would fill the memory. Reckons rather too much.
 */
final class PatternSize {
  static final int MOST = 5_000;

  private static final Pattern REPEAT = Pattern.compile("\\{(\\d{1,9})(?:,(\\d{0,9}))?}");
  private static final Pattern CLASS =
      Pattern.compile("\\[\\^?]?(?:\\\\.|\\[:[^]]*:]|[^]\\\\])*+]", Pattern.DOTALL);
  private static final Pattern ESCAPE = Pattern.compile("\\\\(?:[pPx]\\{[^}]*}|.)", Pattern.DOTALL);

  private final String regex;
  private final Deque<Long> outer = new ArrayDeque<>();
  private long group;
  private long atom;
  private int at;

  private PatternSize(String regex) {
    this.regex = regex;
  }

  static boolean bearable(String regex) {
    return regex.length() <= MOST && new PatternSize(regex).reckon();
  }

  private boolean reckon() {
    while (at < regex.length() && group <= MOST) {
      switch (regex.charAt(at)) {
        case '(' -> {
          outer.push(group);
          group = 0;
          atom = 0;
          at++;
        }
        case ')' -> {
          atom = group + 2;
          group = (outer.isEmpty() ? 0 : outer.pop()) + atom;
          at++;
        }
        case '[' -> single(CLASS);
        case '\\' -> single(ESCAPE);
        case '{' -> repeat();
        default -> single(null);
      }
    }
    return group <= MOST && outer.stream().mapToLong(Long::longValue).sum() <= MOST;
  }

  private void single(@Nullable Pattern extent) {
    Matcher matcher = extent == null ? null : from(extent);
    at = matcher != null && matcher.lookingAt() ? matcher.end() : at + 1;
    atom = 1;
    group++;
  }

  private void repeat() {
    Matcher matcher = from(REPEAT);
    if (!matcher.lookingAt()) {
      single(null);
      return;
    }
    String most = matcher.group(2);
    long times = Long.parseLong(most == null || most.isEmpty() ? matcher.group(1) : most);
    group += atom * Math.max(0, times - 1);
    atom *= Math.max(1, times);
    at = matcher.end();
  }

  private Matcher from(Pattern pattern) {
    return pattern.matcher(regex).region(at, regex.length());
  }
}
