package io.taskwright.rules.compare;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Compares which numbers two schemas let through. */
record NumberBounds(Findings findings) {
  /** An end of a range; its value itself may lie outside. */
  private record End(BigDecimal value, boolean outside, String keyword) {}

  void check(JsonNode wide, JsonNode narrow, boolean whole, Place place) {
    end(wide, narrow, whole, place, -1);
    end(wide, narrow, whole, place, 1);
    step(wide, narrow, whole, place);
  }

  /**
   * Compares the lower or the upper ends.
   *
   * @param side -1 for the lower, 1 for the upper
   */
  private void end(JsonNode wide, JsonNode narrow, boolean whole, Place place, int side) {
    End wider = end(wide, whole, side);
    if (wider == null) {
      return;
    }
    End narrower = end(narrow, whole, side);
    int order = narrower == null ? side : narrower.value().compareTo(wider.value()) * side;
    boolean touches = narrower != null && order == 0 && wider.outside() && !narrower.outside();
    if (narrower == null || order > 0 || touches) {
      findings.broken(
          place,
          wider.keyword(),
          wide.get(wider.keyword()),
          narrower == null ? null : narrow.get(narrower.keyword()));
    }
  }

  /** The end that counts if there are two. Of whole numbers the next one inside. */
  private static @Nullable End end(JsonNode schema, boolean whole, int side) {
    End inner = end(schema, side < 0 ? "minimum" : "maximum", false, whole, side);
    End outer = end(schema, side < 0 ? "exclusiveMinimum" : "exclusiveMaximum", true, whole, side);
    if (inner == null || outer == null) {
      return inner == null ? outer : inner;
    }
    return inner.value().compareTo(outer.value()) * side < 0 ? inner : outer;
  }

  private static @Nullable End end(
      JsonNode schema, String keyword, boolean outside, boolean whole, int side) {
    JsonNode found = schema.path(keyword);
    if (!found.isNumber()) {
      return null;
    }
    BigDecimal value = found.decimalValue();
    if (!whole) {
      return new End(value, outside, keyword);
    }
    BigDecimal next = value.setScale(0, side < 0 ? RoundingMode.CEILING : RoundingMode.FLOOR);
    boolean step = outside && next.compareTo(value) == 0;
    return new End(step ? next.subtract(BigDecimal.valueOf(side)) : next, false, keyword);
  }

  private void step(JsonNode wide, JsonNode narrow, boolean whole, Place place) {
    JsonNode wider = wide.path("multipleOf");
    if (!wider.isNumber()) {
      return;
    }
    JsonNode narrower = narrow.path("multipleOf");
    BigDecimal step = narrower.isNumber() ? narrower.decimalValue() : BigDecimal.ONE;
    boolean known = narrower.isNumber() || whole;
    if (known && step.remainder(wider.decimalValue()).signum() == 0) {
      return;
    }
    boolean bounded = end(narrow, whole, -1) != null || end(narrow, whole, 1) != null;
    findings.broken(
        place.sureIf(!bounded), "multipleOf", wider, narrower.isNumber() ? narrower : null);
  }
}
