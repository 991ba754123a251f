package io.taskwright.rules.compare;

import io.taskwright.rules.shape.Pointers;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Says whether a change of the signals breaks those who start executions and those who tell them
 * signals: each must go on to be taken with all that it took, and nobody must need to send one that
 * he did not need to send.
 */
public final class SignalComparison {
  private SignalComparison() {}

  /**
   * Compares the signals of two versions.
   *
   * @param before null if there were none
   * @param after null if there are none now
   */
  public static Comparison of(@Nullable JsonNode before, @Nullable JsonNode after) {
    JsonNode old = before == null ? MissingNode.getInstance() : before;
    JsonNode young = after == null ? MissingNode.getInstance() : after;
    Set<String> names = new LinkedHashSet<>(old.propertyNames());
    names.addAll(young.propertyNames());
    List<Finding> findings = new ArrayList<>();
    Verdict verdict = Verdict.SAME;
    for (String name : names) {
      Comparison one = one("/" + Pointers.escape(name), old.get(name), young.get(name));
      verdict = verdict.and(one.verdict());
      findings.addAll(one.findings());
    }
    return new Comparison(verdict, findings);
  }

  private static Comparison one(String place, @Nullable JsonNode before, @Nullable JsonNode after) {
    if (after == null) {
      return broken(place, "signals", "it is not taken any more");
    }
    boolean waits = after.path("awaited").asBoolean(false);
    if (before == null) {
      return waits
          ? broken(place + "/awaited", "awaited", "executions now wait until it has come")
          : Comparison.of(List.of());
    }
    Comparison schema = SchemaComparison.ofInputs(schema(before), schema(after));
    List<Finding> findings = new ArrayList<>();
    for (Finding found : schema.findings()) {
      findings.add(
          new Finding(
              place + "/schema" + found.pointer(),
              found.keyword(),
              found.verdict(),
              found.message()));
    }
    boolean waited = before.path("awaited").asBoolean(false);
    Verdict verdict = schema.verdict();
    if (waits && !waited) {
      findings.addAll(
          broken(place + "/awaited", "awaited", "executions now wait until it has come")
              .findings());
      verdict = Verdict.BREAKING;
    } else if (waits != waited) {
      verdict = verdict.and(Verdict.COMPATIBLE);
    } else if (!JsonDiff.same(before.path("within"), after.path("within"))) {
      findings.add(
          new Finding(
              place + "/within", "within", Verdict.UNKNOWN, "it is waited for as long no more"));
      verdict = verdict.and(Verdict.UNKNOWN);
    }
    return new Comparison(verdict, findings);
  }

  private static Comparison broken(String place, String keyword, String message) {
    return new Comparison(
        Verdict.BREAKING, List.of(new Finding(place, keyword, Verdict.BREAKING, message)));
  }

  private static @Nullable JsonNode schema(JsonNode signal) {
    JsonNode schema = signal.get("schema");
    return schema == null || schema.isNull() ? null : schema;
  }
}
