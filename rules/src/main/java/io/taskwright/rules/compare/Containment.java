package io.taskwright.rules.compare;

import io.taskwright.rules.shape.JsonShape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Looks for values that the narrower of two schemas lets through and the wider one does not. The
 * keywords that can be compared one by one are; of the others only what is equal is understood.
 */
final class Containment {
  private static final int DEEPEST = 40;
  private static final int MOST_VALUES = 200;
  private static final Set<String> ALL =
      Set.of("null", "boolean", "object", "array", "string", "number");

  private record Pair(JsonNode wide, JsonNode narrow) {}

  private final Root wide;
  private final Root narrow;
  private final Findings findings;
  private final boolean shared;
  private final Set<Pair> seen = new HashSet<>();

  Containment(Root wide, Root narrow, Findings findings) {
    this.wide = wide;
    this.narrow = narrow;
    this.findings = findings;
    this.shared = wide.sharesMeanings(narrow);
  }

  /** Compares two parts. Pairs that were seen before are being compared, or were. */
  void check(JsonNode widePart, JsonNode narrowPart, Place place, int depth) {
    Optional<JsonNode> meantWide = wide.meant(widePart);
    Optional<JsonNode> meantNarrow = narrow.meant(narrowPart);
    if (meantWide.isEmpty() || meantNarrow.isEmpty() || depth > DEEPEST) {
      findings.unknown(place, "$ref", "a reference cannot be followed, or leads too deep");
      return;
    }
    JsonNode w = meantWide.get();
    JsonNode n = meantNarrow.get();
    if (isFalse(n) || isTrue(w) || equal(w, n) || !seen.add(new Pair(w, n))) {
      return;
    }
    if (isFalse(w)) {
      findings.broken(place, "false", "is not taken any more", "may come now");
    } else if (n.has("const") || n.path("enum").isArray()) {
      values(w, n, values(n), place);
    } else {
      keywords(w, n.isBoolean() ? JsonNodeFactory.instance.objectNode() : n, place, depth);
    }
  }

  private boolean isTrue(JsonNode schema) {
    return schema.isBoolean() ? schema.booleanValue() : Keywords.bare(schema, false).isEmpty();
  }

  private static boolean isFalse(JsonNode schema) {
    return schema.isBoolean() && !schema.booleanValue();
  }

  private boolean equal(JsonNode one, JsonNode other) {
    return JsonDiff.same(
            Keywords.bare(one, findings.input()), Keywords.bare(other, findings.input()))
        && (shared || (!Keywords.refers(one) && !Keywords.refers(other)));
  }

  private void keywords(JsonNode w, JsonNode n, Place place, int depth) {
    boolean plain = n.propertyNames().stream().allMatch(Containment::understood);
    Place here = place.sureIf(plain);
    for (String keyword : w.propertyNames()) {
      if (!understood(keyword) && !implied(keyword, w, n)) {
        findings.unknown(
            place.in(Keywords.escape(keyword)), keyword, "it changed, and is not understood");
      }
    }
    Set<String> types = types(n);
    if (w.has("const") || w.path("enum").isArray()) {
      enumerated(w, n, types, here);
      return;
    }
    Set<String> common = common(types, w, n, here);
    if (common.contains("number") || common.contains("integer")) {
      new NumberBounds(findings).check(w, n, !common.contains("number"), here);
    }
    if (common.contains("string")) {
      new StringBounds(findings, wide, narrow).check(w, n, here);
    }
    if (common.contains("array")) {
      new ArrayParts(this, findings).check(w, n, here, depth);
    }
    if (common.contains("object")) {
      new ObjectParts(this, findings, wide, narrow).check(w, n, here, depth);
    }
  }

  private static boolean understood(String keyword) {
    return Keywords.isPlain(keyword)
        || Keywords.isAnnotation(keyword)
        || keyword.equals("patternProperties"); // the parts of objects see to it
  }

  /** Whether what the keyword asks for is asked for by the narrower schema, too. */
  private boolean implied(String keyword, JsonNode w, JsonNode n) {
    JsonNode wider = w.get(keyword);
    JsonNode narrower = n.path(keyword);
    return switch (keyword) {
      // An alternative more, or one of several demands less.
      case "anyOf" -> !narrower.isMissingNode() && within(narrower, wider);
      case "allOf" -> within(wider, narrower);
      case "then", "else" -> kept(w, n, "if", "then", "else");
      case "if" -> true; // asks for nothing by itself
      case "contains", "minContains", "maxContains" ->
          kept(w, n, "contains", "minContains", "maxContains");
      case "dependentRequired", "dependentSchemas", "oneOf", "not", "propertyNames" ->
          kept(w, n, keyword);
      default -> false;
    };
  }

  private boolean within(JsonNode few, JsonNode many) {
    return few.valueStream().allMatch(one -> many.valueStream().anyMatch(it -> equal(one, it)));
  }

  /** Whether those keywords are the same in both, or in neither. */
  boolean kept(JsonNode w, JsonNode n, String... keywords) {
    for (String keyword : keywords) {
      if (!equal(only(keyword, w), only(keyword, n))) {
        return false;
      }
    }
    return true;
  }

  private static JsonNode only(String keyword, JsonNode schema) {
    ObjectNode only = JsonNodeFactory.instance.objectNode();
    if (schema.has(keyword)) {
      only.set(keyword, schema.get(keyword));
    }
    return only;
  }

  private static Set<String> types(JsonNode schema) {
    JsonNode type = schema.path("type");
    Set<String> types = new TreeSet<>();
    if (type.isString()) {
      types.add(type.stringValue());
    } else if (type.isArray()) {
      type.valueStream().forEach(one -> types.add(one.asString("")));
    } else {
      types.addAll(ALL);
    }
    if (types.contains("number")) {
      types.remove("integer");
    }
    return types;
  }

  /** The types of the narrower schema that the wider one knows; the others are told. */
  private Set<String> common(Set<String> types, JsonNode w, JsonNode n, Place place) {
    Set<String> taken = types(w);
    Set<String> common = new TreeSet<>(types);
    common.removeIf(type ->
        !taken.contains(type)
            && !(type.equals("integer") && taken.contains("number"))
            && !(type.equals("number") && taken.contains("integer") && wholeOnly(n)));
    Set<String> refused = new TreeSet<>(types);
    refused.removeAll(common);
    if (!refused.isEmpty()) {
      String what = String.join(", ", refused);
      findings.broken(
          place.in("type"), "type", what + " is not taken any more", what + " may come now");
    }
    return common;
  }

  private static boolean wholeOnly(JsonNode n) {
    JsonNode step = n.path("multipleOf");
    return step.isNumber() && step.decimalValue().stripTrailingZeros().scale() <= 0;
  }

  /** The wider schema lets single values through only, the narrower one any of some types. */
  private void enumerated(JsonNode w, JsonNode n, Set<String> types, Place place) {
    if (Set.of("null", "boolean").containsAll(types)) {
      List<JsonNode> values = new ArrayList<>();
      if (types.contains("null")) {
        values.add(JsonNodeFactory.instance.nullNode());
      }
      if (types.contains("boolean")) {
        values.add(BooleanNode.TRUE);
        values.add(BooleanNode.FALSE);
      }
      values(w, n, values, place);
      return;
    }
    String keyword = w.has("const") ? "const" : "enum";
    boolean free = Keywords.bare(n, false).propertyNames().stream().allMatch("type"::equals);
    findings.broken(
        place.sureIf(free).in(keyword),
        keyword,
        "only single values are taken now",
        "other values than the known ones may come now");
  }

  private static List<JsonNode> values(JsonNode schema) {
    return schema.has("const")
        ? List.of(schema.get("const"))
        : schema.get("enum").valueStream().toList();
  }

  /** Holds each value that the narrower schema lets through against the wider one. */
  private void values(JsonNode w, JsonNode n, List<JsonNode> values, Place place) {
    Optional<JsonShape> wider = wide.shape(w);
    Optional<JsonShape> narrower = narrow.shape(n);
    if (wider.isEmpty() || narrower.isEmpty() || values.size() > MOST_VALUES) {
      findings.unknown(place, "enum", "the values cannot be tried one by one");
      return;
    }
    for (JsonNode value : values) {
      JsonNode whole = findings.input() ? wider.get().withDefaults(value) : value;
      if (narrower.get().violations(value).isEmpty() && !wider.get().violations(whole).isEmpty()) {
        String text = value.toString();
        findings.broken(
            place.in("enum"), "enum", text + " is not taken any more", text + " may come now");
      }
    }
  }
}
