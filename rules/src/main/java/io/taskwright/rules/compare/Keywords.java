package io.taskwright.rules.compare;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What the keywords of JSON Schema 2020-12 are to a comparison. */
final class Keywords {
  /** They say nothing about what is valid. */
  private static final Set<String> ANNOTATIONS =
      Set.of(
          "title",
          "description",
          "examples",
          "default",
          "$comment",
          "$schema",
          "$defs",
          "definitions",
          "deprecated",
          "readOnly",
          "writeOnly",
          "contentEncoding",
          "contentMediaType",
          "contentSchema");

  /** Those that the comparison understands one by one. */
  private static final Set<String> PLAIN =
      Set.of(
          "type",
          "enum",
          "const",
          "minimum",
          "maximum",
          "exclusiveMinimum",
          "exclusiveMaximum",
          "multipleOf",
          "minLength",
          "maxLength",
          "pattern",
          "format",
          "items",
          "prefixItems",
          "minItems",
          "maxItems",
          "uniqueItems",
          "properties",
          "required",
          "additionalProperties",
          "minProperties",
          "maxProperties");

  /** Names for places; a schema that has them is compared as a whole only. */
  private static final Set<String> NAMES =
      Set.of("$id", "$anchor", "$dynamicRef", "$dynamicAnchor");

  /** They judge a value by more than one schema, or by which properties it has. */
  private static final Set<String> COMBINED =
      Set.of(
          "allOf",
          "anyOf",
          "oneOf",
          "not",
          "if",
          "contains",
          "dependentRequired",
          "dependentSchemas",
          "propertyNames",
          "patternProperties",
          "unevaluatedItems",
          "unevaluatedProperties",
          "maxProperties");

  private static final Set<String> MAPS =
      Set.of("properties", "patternProperties", "dependentSchemas", "$defs", "definitions");

  private static final Set<String> LISTS = Set.of("allOf", "anyOf", "oneOf", "prefixItems");

  private static final Set<String> SCHEMAS =
      Set.of(
          "items",
          "additionalProperties",
          "not",
          "if",
          "then",
          "else",
          "contains",
          "propertyNames",
          "unevaluatedItems",
          "unevaluatedProperties");

  private Keywords() {}

  static boolean isAnnotation(String keyword) {
    return ANNOTATIONS.contains(keyword);
  }

  static boolean isPlain(String keyword) {
    return PLAIN.contains(keyword);
  }

  /** Whether it or something in it gives or uses names for places. */
  static boolean hasNames(JsonNode node) {
    return (node.isObject() && node.propertyNames().stream().anyMatch(NAMES::contains))
        || node.values().stream().anyMatch(Keywords::hasNames);
  }

  /** Whether it or something in it refers to another place. */
  static boolean refers(JsonNode node) {
    return node.has("$ref") || node.values().stream().anyMatch(Keywords::refers);
  }

  /** Every default in it, by its place. */
  static Map<String, JsonNode> defaults(JsonNode node) {
    Map<String, JsonNode> found = new HashMap<>();
    defaults(node, "", found);
    return found;
  }

  private static void defaults(JsonNode node, String at, Map<String, JsonNode> found) {
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      String place = at + "/" + escape(field.getKey());
      if (field.getKey().equals("default")) {
        found.put(place, field.getValue());
      }
      defaults(field.getValue(), place, found);
    }
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      defaults(node.get(i), at + "/" + i, found);
    }
  }

  /** Whether a keyword in it is not understood by itself. Names of properties may pass for one. */
  static boolean hasOthers(JsonNode node) {
    return COMBINED.stream().anyMatch(node::has)
        || node.values().stream().anyMatch(Keywords::hasOthers);
  }

  /**
   * The schema without what says nothing about what is valid.
   *
   * @param withDefaults whether defaults stay, because they are filled in before
   */
  static JsonNode bare(JsonNode schema, boolean withDefaults) {
    if (!schema.isObject()) {
      return schema;
    }
    ObjectNode bare = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> field : schema.properties()) {
      String keyword = field.getKey();
      if (!isAnnotation(keyword) || (withDefaults && keyword.equals("default"))) {
        bare.set(keyword, value(keyword, field.getValue(), withDefaults));
      }
    }
    return bare;
  }

  private static JsonNode value(String keyword, JsonNode value, boolean withDefaults) {
    if (SCHEMAS.contains(keyword)) {
      return bare(value, withDefaults);
    }
    if (MAPS.contains(keyword) && value.isObject()) {
      ObjectNode map = JsonNodeFactory.instance.objectNode();
      value
          .properties()
          .forEach(field -> map.set(field.getKey(), bare(field.getValue(), withDefaults)));
      return map;
    }
    if (LISTS.contains(keyword) && value.isArray()) {
      ArrayNode list = JsonNodeFactory.instance.arrayNode();
      value.values().forEach(item -> list.add(bare(item, withDefaults)));
      return list;
    }
    return value;
  }

  static String escape(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }
}
