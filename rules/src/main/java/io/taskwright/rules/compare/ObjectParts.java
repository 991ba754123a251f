package io.taskwright.rules.compare;

import io.taskwright.rules.shape.JsonShape;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;

/** Compares which objects two schemas let through. */
record ObjectParts(Containment parts, Findings findings, Root wideRoot, Root narrowRoot) {
  void check(JsonNode wide, JsonNode narrow, Place place, int depth) {
    required(wide, narrow, place);
    if (findings.input()) {
      defaults(wide, narrow, place);
    }
    StringBounds.most(findings, place.sureIf(!closed(narrow)), "maxProperties", wide, narrow);
    if (required(narrow).size() < wide.path("minProperties").asInt(0)) {
      StringBounds.least(findings, place, "minProperties", wide, narrow);
    }
    if (wide.has("patternProperties") || narrow.has("patternProperties")) {
      patterned(wide, narrow, place);
      return;
    }
    Set<String> names = new LinkedHashSet<>(wide.path("properties").propertyNames());
    names.addAll(narrow.path("properties").propertyNames());
    for (String name : names) {
      // Of what nobody spoke before, nobody knows whether it was ever sent.
      boolean spoken = !findings.input() || narrow.path("properties").has(name) || closed(narrow);
      Place there = place.in("properties", name).sureIf(spoken);
      parts.check(property(wide, name), property(narrow, name), there, depth + 1);
    }
    parts.check(others(wide), others(narrow), place.in("additionalProperties"), depth + 1);
  }

  private static boolean closed(JsonNode schema) {
    return schema.has("additionalProperties");
  }

  private static JsonNode property(JsonNode schema, String name) {
    JsonNode own = schema.path("properties").path(name);
    return own.isMissingNode() ? others(schema) : own;
  }

  private static JsonNode others(JsonNode schema) {
    return closed(schema) ? schema.get("additionalProperties") : BooleanNode.TRUE;
  }

  private void required(JsonNode wide, JsonNode narrow, Place place) {
    Set<String> before = required(narrow);
    before.removeIf(name -> findings.input() && hasDefault(narrowRoot, narrow, name));
    for (String name : required(wide)) {
      JsonNode property = wide.path("properties").path(name);
      if (findings.input() && property.has("default")) {
        continue; // filled in before
      }
      if (!before.contains(name)) {
        findings.broken(
            place.in("required").sureIf(!findings.input() || !property.has("$ref")),
            "required",
            "'" + name + "' is required now, and has no default",
            "'" + name + "' is not promised any more");
      }
    }
  }

  private static Set<String> required(JsonNode schema) {
    return schema
        .path("required")
        .valueStream()
        .map(name -> name.asString(""))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static boolean hasDefault(Root root, JsonNode schema, String name) {
    JsonNode property = schema.path("properties").path(name);
    return property.has("default")
        || root.meant(property).filter(meant -> meant.has("default")).isPresent();
  }

  /** A default is held against its own schema like any other value. */
  private void defaults(JsonNode wide, JsonNode narrow, Place place) {
    for (Map.Entry<String, JsonNode> property : wide.path("properties").properties()) {
      JsonNode value = property.getValue().path("default");
      JsonNode before = narrow.path("properties").path(property.getKey());
      if (value.isMissingNode() || JsonDiff.same(property.getValue(), before)) {
        continue;
      }
      Place there = place.in("properties", property.getKey()).in("default");
      Optional<JsonShape> shape = wideRoot.shape(property.getValue());
      if (shape.isEmpty()) {
        findings.unknown(there, "default", "it cannot be held against its schema");
      } else if (!shape.get().violations(value).isEmpty()) {
        String text = "the default that is filled in breaks its own schema";
        findings.broken(there, "default", text, text);
      }
    }
  }

  private void patterned(JsonNode wide, JsonNode narrow, Place place) {
    for (String keyword :
        new String[] {"patternProperties", "properties", "additionalProperties"}) {
      if (!parts.kept(wide, narrow, keyword)) {
        findings.unknown(
            place.in(keyword), keyword, "with patternProperties beside it, it is not understood");
      }
    }
  }
}
