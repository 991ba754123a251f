package io.taskwright.rules.compare;

import io.taskwright.rules.shape.JsonShapes;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;

/**
 * Says whether a change of a schema breaks those who rely on it. An input schema must go on taking
 * all that it took; an output schema must not let anything out that it did not. What cannot be
 * decided is UNKNOWN, never COMPATIBLE.
 */
public final class SchemaComparison {
  private SchemaComparison() {}

  /**
   * Compares the input schemas of two versions.
   *
   * @param before null if anything was taken
   * @param after null if anything is taken now
   */
  public static Comparison ofInputs(@Nullable JsonNode before, @Nullable JsonNode after) {
    return compare(whole(after), whole(before), true);
  }

  /**
   * Compares the output schemas of two versions.
   *
   * @param before null if anything could come
   * @param after null if anything can come now
   */
  public static Comparison ofOutputs(@Nullable JsonNode before, @Nullable JsonNode after) {
    return compare(whole(before), whole(after), false);
  }

  private static JsonNode whole(@Nullable JsonNode schema) {
    return schema == null ? BooleanNode.TRUE : schema;
  }

  private static boolean knownDefaults(JsonNode wide, JsonNode narrow) {
    return Keywords.defaults(narrow).entrySet().containsAll(Keywords.defaults(wide).entrySet());
  }

  private static Comparison compare(JsonNode wide, JsonNode narrow, boolean input) {
    boolean same =
        JsonDiff.same(Keywords.bare(wide, input), Keywords.bare(narrow, input))
            && JsonDiff.same(wide.path("$defs"), narrow.path("$defs"))
            && JsonDiff.same(wide.path("definitions"), narrow.path("definitions"));
    if (same) {
      return Comparison.SAME;
    }
    if (!JsonShapes.violations(wide).isEmpty() || !JsonShapes.violations(narrow).isEmpty()) {
      return Comparison.of(
          List.of(new Finding("", "$schema", Verdict.UNKNOWN, "a schema is wrong in itself")));
    }
    if (Keywords.hasNames(wide) || Keywords.hasNames(narrow)) {
      return Comparison.of(
          List.of(
              new Finding(
                  "", "$id", Verdict.UNKNOWN, "schemas that name places are not compared")));
    }
    Findings findings = new Findings(input);
    new Containment(new Root(wide), new Root(narrow), findings).check(wide, narrow, Place.WHOLE, 0);
    if (input && Keywords.hasOthers(wide) && !knownDefaults(wide, narrow)) {
      findings.unknown(
          Place.WHOLE, "default", "a new default meets keywords that judge the whole by it");
    }
    return Comparison.of(findings.all());
  }
}
