package io.taskwright.api.body;

import io.taskwright.api.problem.ProblemCode;
import io.taskwright.api.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** Where a page ended, as clients hand it back: opaque to them. */
public final class Cursor {
  private static final String SEPARATOR = "\n";

  private Cursor() {}

  /** Writes a cursor. */
  public static String of(String... parts) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(String.join(SEPARATOR, parts).getBytes(StandardCharsets.UTF_8));
  }

  /** Reads a cursor of so many parts. */
  public static List<String> read(String cursor, int parts) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      List<String> read = List.of(text.split(SEPARATOR, -1));
      if (read.size() == parts) {
        return read;
      }
    } catch (IllegalArgumentException e) {
      // said below
    }
    throw invalid();
  }

  /** The answer to a cursor that nobody gave out. */
  public static ProblemException invalid() {
    return new ProblemException(
        ProblemCode.INVALID_PAGE, "the cursor is not one that a page of this list gave out");
  }
}
