package io.taskwright.rules.compare;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;

/** Compares which arrays two schemas let through. */
record ArrayParts(Containment parts, Findings findings) {
  void check(JsonNode wide, JsonNode narrow, Place place, int depth) {
    int most = narrow.path("maxItems").asInt(Integer.MAX_VALUE);
    StringBounds.least(findings, place, "minItems", wide, narrow);
    boolean open = !narrow.path("items").isBoolean(); // false bounds the length, too
    StringBounds.most(findings, place.sureIf(open), "maxItems", wide, narrow);
    if (wide.path("uniqueItems").asBoolean(false)
        && !narrow.path("uniqueItems").asBoolean(false)
        && most > 1) {
      findings.broken(place, "uniqueItems", wide.get("uniqueItems"), narrow.get("uniqueItems"));
    }
    int fixed = Math.max(wide.path("prefixItems").size(), narrow.path("prefixItems").size());
    for (int i = 0; i < Math.min(fixed, most); i++) {
      Place item = place.in("prefixItems").in(Integer.toString(i));
      parts.check(item(wide, i), item(narrow, i), item, depth + 1);
    }
    if (most > fixed) {
      parts.check(item(wide, fixed), item(narrow, fixed), place.in("items"), depth + 1);
    }
  }

  /** What is said of the item at that place. */
  private static JsonNode item(JsonNode schema, int index) {
    JsonNode fixed = schema.path("prefixItems");
    if (index < fixed.size()) {
      return fixed.get(index);
    }
    return schema.has("items") ? schema.get("items") : BooleanNode.TRUE;
  }
}
