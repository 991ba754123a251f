package io.taskwright.client;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * A part of a list.
 *
 * @param next where the next part begins; empty if this is the last
 */
public record Page<T>(List<T> items, Optional<String> next) {
  public Page {
    items = List.copyOf(items);
  }

  static <T> Page<T> of(JsonNode json, Function<JsonNode, T> item) {
    return new Page<>(
        json.path("items").valueStream().map(item).toList(), Json.text(json.path("nextCursor")));
  }
}
