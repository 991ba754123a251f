package io.taskwright.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One request to the service.
 *
 * @param route path and query
 * @param headers beside those that every request has
 * @param body what is sent, or null
 * @param limit how long the answer may take
 * @param repeatable whether doing it twice is the same as doing it once
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way, never compared
record Call(
    String method,
    String route,
    Map<String, String> headers,
    byte @Nullable [] body,
    Duration limit,
    boolean repeatable) {
  private static final Duration USUAL = Duration.ofSeconds(30);

  Call {
    headers = Map.copyOf(headers);
  }

  static Call get(String route) {
    return new Call("GET", route, Map.of(), null, USUAL, true);
  }

  static Call delete(String route) {
    return new Call("DELETE", route, Map.of(), null, USUAL, false);
  }

  static Call post(String route) {
    return new Call("POST", route, Map.of(), null, USUAL, false);
  }

  static Call post(String route, JsonNode json) {
    return post(route, "application/json", Json.write(json));
  }

  static Call post(String route, String type, byte[] body) {
    return with("POST", route, type, body);
  }

  static Call with(String method, String route, String type, byte[] body) {
    return new Call(method, route, Map.of("Content-Type", type), body, USUAL, false);
  }

  static Call put(String route, JsonNode json) {
    return with("PUT", route, "application/json", Json.write(json));
  }

  Call with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Call(method, route, more, body, limit, repeatable);
  }

  /** The same with more time for its answer. */
  Call patient(Duration more) {
    return new Call(method, route, headers, body, limit.plus(more), repeatable);
  }

  /** The same, and doing it twice is harmless. */
  Call safeToRepeat() {
    return new Call(method, route, headers, body, limit, true);
  }

  /** A part of a path, so that no text in it changes the route. */
  static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** The parameters of a query, while they are put together. */
  static final class Query {
    private final List<String> parts = new ArrayList<>();

    Query add(String name, Object value) {
      parts.add(name + "=" + segment(value.toString()));
      return this;
    }

    Query add(String name, Optional<?> value) {
      value.ifPresent(it -> add(name, it));
      return this;
    }

    /** The route with them. */
    String of(String path) {
      return parts.isEmpty() ? path : path + "?" + String.join("&", parts);
    }
  }
}
