package io.taskwright.rules.compare;

import io.taskwright.rules.shape.JsonShape;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Compares which texts two schemas let through. */
record StringBounds(Findings findings, Root wideRoot, Root narrowRoot) {
  /** Texts of several kinds; one that only the narrower schema lets through is a proof. */
  private static final List<String> SAMPLES =
      List.of(
          "",
          " ",
          "a",
          "A",
          "0",
          "-1",
          "a b",
          "\u00e9",
          "2020-02-29",
          "2020-02-29T12:00:00Z",
          "12:00:00Z",
          "P1D",
          "a@example.org",
          "example.org",
          "http://example.org/a",
          "127.0.0.1",
          "::1",
          "0198c5d0-7b1a-7c3d-8e4f-000000000001");

  void check(JsonNode wide, JsonNode narrow, Place place) {
    Place length = place.sureIf(!narrow.has("pattern") && !narrow.has("format"));
    least(findings, length, "minLength", wide, narrow);
    most(findings, length, "maxLength", wide, narrow);
    for (String keyword : new String[] {"pattern", "format"}) {
      JsonNode wider = wide.path(keyword);
      if (!wider.isMissingNode() && !wider.equals(narrow.path(keyword))) {
        sampled(wide, narrow, keyword, place);
      }
    }
  }

  private void sampled(JsonNode wide, JsonNode narrow, String keyword, Place place) {
    JsonNode only = JsonNodeFactory.instance.objectNode().set(keyword, wide.get(keyword));
    Optional<JsonShape> wider = wideRoot.shape(only);
    Optional<JsonShape> narrower = narrowRoot.shape(narrow);
    int least = Math.clamp(narrow.path("minLength").asInt(0), 0, 1_000);
    boolean proven =
        wider.isPresent()
            && narrower.isPresent()
            && Stream.concat(SAMPLES.stream(), Stream.of("a".repeat(least), "0".repeat(least)))
                .map(JsonNodeFactory.instance::stringNode)
                .anyMatch(sample ->
                    narrower.get().violations(sample).isEmpty()
                        && !wider.get().violations(sample).isEmpty());
    findings.broken(place.sureIf(proven), keyword, wide.get(keyword), narrow.get(keyword));
  }

  /** Compares how much there must be. */
  static void least(
      Findings findings, Place place, String keyword, JsonNode wide, JsonNode narrow) {
    JsonNode wider = number(wide, keyword);
    JsonNode narrower = number(narrow, keyword);
    if (wider != null
        && wider.decimalValue().signum() > 0
        && (narrower == null || narrower.decimalValue().compareTo(wider.decimalValue()) < 0)) {
      findings.broken(place, keyword, wider, narrower);
    }
  }

  /** Compares how much there may be. */
  static void most(Findings findings, Place place, String keyword, JsonNode wide, JsonNode narrow) {
    JsonNode wider = number(wide, keyword);
    JsonNode narrower = number(narrow, keyword);
    if (wider != null
        && (narrower == null || narrower.decimalValue().compareTo(wider.decimalValue()) > 0)) {
      findings.broken(place, keyword, wider, narrower);
    }
  }

  private static @Nullable JsonNode number(JsonNode schema, String keyword) {
    JsonNode value = schema.path(keyword);
    return value.isNumber() ? value : null;
  }
}
