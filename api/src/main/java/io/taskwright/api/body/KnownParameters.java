package io.taskwright.api.body;

import io.taskwright.api.problem.ProblemCode;
import io.taskwright.api.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Refuses parameters of a query that the contract does not know for the route: a misspelt one is no
 * wish that may be passed over.
 */
@Component
public final class KnownParameters implements HandlerInterceptor {
  /** What follows the question mark of a room's address is for the page, which reads it itself. */
  private static final String PAGE = "/ui";

  /** By method and path. */
  private final Map<String, List<String>> known = new HashMap<>();

  KnownParameters() throws IOException {
    try (InputStream in = KnownParameters.class.getResourceAsStream("/openapi.json")) {
      JsonNode contract = JsonMapper.shared().readTree(in);
      contract
          .get("paths")
          .forEachEntry((path, methods) ->
              methods.forEachEntry((method, operation) -> {
                if (!path.startsWith(PAGE)) {
                  known.put(method.toUpperCase(Locale.ROOT) + " " + path, ofQuery(operation));
                }
              }));
    }
  }

  private static List<String> ofQuery(JsonNode operation) {
    return operation
        .path("parameters")
        .valueStream()
        .filter(parameter -> parameter.path("in").asString("").equals("query"))
        .map(parameter -> parameter.get("name").stringValue())
        .toList();
  }

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
    List<String> ofRoute = known.get(request.getMethod() + " " + pattern);
    if (request.getQueryString() != null && ofRoute != null) {
      Set<String> unknown = names(request.getQueryString());
      ofRoute.forEach(unknown::remove);
      if (!unknown.isEmpty()) {
        throw new ProblemException(
            ProblemCode.INVALID_PARAMETER,
            "unknown: "
                + String.join(", ", unknown)
                + "; known: "
                + (ofRoute.isEmpty() ? "none" : String.join(", ", ofRoute)));
      }
    }
    return true;
  }

  private static Set<String> names(String query) {
    Set<String> names = new TreeSet<>();
    try {
      for (String name :
          UriComponentsBuilder.newInstance().query(query).build().getQueryParams().keySet()) {
        names.add(UriUtils.decode(name.replace('+', ' '), StandardCharsets.UTF_8));
      }
    } catch (IllegalArgumentException e) {
      throw new ProblemException(ProblemCode.INVALID_PARAMETER, "the query is not encoded right");
    }
    return names;
  }
}
