package io.taskwright.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.api.access.OpenToAll;
import io.taskwright.api.access.Requires;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The committed contract names every route with its permission, and no other. */
class OpenApiTest {
  private static final Set<String> VERBS = Set.of("get", "post", "put", "delete", "patch");

  private static JsonNode contract() throws IOException {
    try (InputStream in = OpenApiTest.class.getResourceAsStream("/openapi.json")) {
      return JsonMapper.shared().readTree(Objects.requireNonNull(in));
    }
  }

  private static String permission(Method method) {
    Requires requires = method.getAnnotation(Requires.class);
    if (requires != null) {
      return requires.value().name();
    }
    return method.isAnnotationPresent(OpenToAll.class) ? "NONE" : "ATTEMPT_TOKEN";
  }

  @Test
  void namesEveryRouteWithItsPermission() throws Exception {
    Map<String, String> declared = new TreeMap<>();
    Routes.all()
        .forEach(
            route -> declared.put(route.verb() + " " + route.path(), permission(route.method())));
    Map<String, String> written = new TreeMap<>();
    for (Map.Entry<String, JsonNode> path : contract().get("paths").properties()) {
      for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
        if (VERBS.contains(operation.getKey())) {
          written.put(
              operation.getKey().toUpperCase(java.util.Locale.ROOT) + " " + path.getKey(),
              operation.getValue().path("x-permission").asString());
        }
      }
    }
    assertThat(written).isEqualTo(declared);
  }

  @Test
  void refersToNothingThatIsNotThere() throws IOException {
    JsonNode contract = contract();
    Set<String> references = new TreeSet<>();
    collect(contract, references);
    assertThat(references)
        .isNotEmpty()
        .allSatisfy(reference ->
            assertThat(contract.at(reference.substring(1)).isMissingNode())
                .as(reference)
                .isFalse());
  }

  private static void collect(JsonNode node, Set<String> references) {
    if (node.has("$ref")) {
      references.add(node.get("$ref").stringValue());
    }
    node.values().forEach(child -> collect(child, references));
  }
}
