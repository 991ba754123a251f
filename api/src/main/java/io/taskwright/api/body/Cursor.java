package io.taskwright.api.body;

import io.taskwright.api.problem.ProblemCode;
import io.taskwright.api.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/** Where a page ended, as clients hand it back: opaque to them. */
public final class Cursor {
  private static final String SEPARATOR = "\n";
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

  private Cursor() {}

  /** Writes a cursor of the list. */
  public static String of(String list, String... parts) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(
            (list + SEPARATOR + String.join(SEPARATOR, parts)).getBytes(StandardCharsets.UTF_8));
  }

  /** Reads a cursor of the list, of so many parts. */
  public static List<String> read(String cursor, String list, int parts) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      List<String> read = List.of(text.split(SEPARATOR, -1));
      if (read.size() == parts + 1 && read.getFirst().equals(list)) {
        return read.subList(1, read.size());
      }
    } catch (IllegalArgumentException e) {
      // said below
    }
    throw invalid();
  }

  /** Reads a cursor of the list that is one number. */
  public static long number(String cursor, String list) {
    String text = read(cursor, list, 1).getFirst();
    if (!NUMBER.matcher(text).matches()) {
      throw invalid();
    }
    return Long.parseLong(text);
  }

  /** The answer to a cursor that nobody gave out. */
  public static ProblemException invalid() {
    return new ProblemException(
        ProblemCode.INVALID_PAGE, "the cursor is not one that a page of this list gave out");
  }
}
