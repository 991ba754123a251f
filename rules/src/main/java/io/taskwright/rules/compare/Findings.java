package io.taskwright.rules.compare;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a comparison found, told from the side of who relies on the schemas.
 *
 * @param input whether inputs are compared, where the newer schema has to be the wider one
 */
record Findings(boolean input, List<Finding> all) {
  private static final int MOST = 200;

  Findings(boolean input) {
    this(input, new ArrayList<>());
  }

  /** The wider schema refuses what the narrower one lets through. */
  void broken(Place place, String keyword, String ofInput, String ofOutput) {
    add(
        place,
        keyword,
        place.sure() ? Verdict.BREAKING : Verdict.UNKNOWN,
        input ? ofInput : ofOutput);
  }

  /** A keyword's value has changed for the worse. */
  void broken(Place place, String keyword, @Nullable JsonNode wide, @Nullable JsonNode narrow) {
    String text = "was " + text(input ? narrow : wide) + ", is " + text(input ? wide : narrow);
    broken(place.in(keyword), keyword, text, text);
  }

  /** It cannot be said. */
  void unknown(Place place, String keyword, String message) {
    add(place, keyword, Verdict.UNKNOWN, message);
  }

  private void add(Place place, String keyword, Verdict verdict, String message) {
    if (all.size() < MOST) {
      all.add(new Finding(place.pointer(), keyword, verdict, message));
    }
  }

  private static String text(@Nullable JsonNode value) {
    if (value == null) {
      return "not limited";
    }
    String text = value.toString();
    return text.length() <= 100 ? text : text.substring(0, 100) + "…";
  }
}
