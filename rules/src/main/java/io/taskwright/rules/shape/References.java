package io.taskwright.rules.shape;

import io.taskwright.model.Violation;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Finds references that leave their schema. One may name a resource by its {@code $id} if the
 * resource stands in the same schema, or the meta-schema, which the service has; nothing is
 * fetched.
 */
final class References {
  private static final String META = "https://json-schema.org/draft/2020-12/";

  /** Where a schema without an {@code $id} is thought to be; no other schema can be there. */
  private static final URI ROOT = URI.create("taskwright://schema/");

  private final Set<String> resources = new HashSet<>(Set.of(ROOT.toString()));

  /** With the resource that they stand in. */
  private final Set<String> anchors = new HashSet<>();

  private final List<Violation> found;

  private References(List<Violation> found) {
    this.found = found;
  }

  /** Adds a violation for each; the schema must not be nested without end. */
  static void inspect(JsonNode schema, List<Violation> found) {
    References references = new References(found);
    references.collect(schema, ROOT);
    references.check(schema, ROOT, "");
  }

  private void collect(JsonNode node, URI outer) {
    URI base = base(node, outer);
    resources.add(resource(base));
    for (String keyword : List.of("$anchor", "$dynamicAnchor")) {
      anchors.add(resource(base) + "#" + node.path(keyword).asString(""));
    }
    node.values().forEach(child -> collect(child, base));
  }

  private void check(JsonNode node, URI outer, String pointer) {
    URI base = base(node, outer);
    if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        check(node.get(i), base, pointer + "/" + i);
      }
      return;
    }
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      String name = field.getKey();
      String at = pointer + "/" + Pointers.escape(name);
      boolean reference = name.equals("$ref") || name.equals("$dynamicRef");
      if (reference
          && field.getValue().isString()
          && leaves(field.getValue().stringValue(), base)) {
        found.add(
            new Violation(
                at,
                name,
                "references reach into this schema only, to what starts with # or to an $id in"
                    + " it; nothing is fetched"));
      } else if (name.equals("$dynamicRef")
          && field.getValue().isString()
          && dangles(field.getValue().stringValue(), base)) {
        found.add(new Violation(at, name, "there is no anchor of this name in the schema"));
      }
      check(field.getValue(), base, at);
    }
  }

  private boolean leaves(String reference, URI base) {
    if (reference.startsWith("#")) {
      return false;
    }
    try {
      String resource = resource(resolve(base, reference));
      return !resources.contains(resource) && !resource.startsWith(META);
    } catch (IllegalArgumentException e) {
      return true;
    }
  }

  /** Other references that lead nowhere are found when the schema is compiled. */
  private boolean dangles(String reference, URI base) {
    try {
      URI target = resolve(base, reference);
      String fragment = target.getRawFragment();
      return fragment != null
          && !fragment.isEmpty()
          && !fragment.startsWith("/")
          && resources.contains(resource(target))
          && !anchors.contains(resource(target) + "#" + fragment);
    } catch (IllegalArgumentException e) {
      return true;
    }
  }

  private static URI base(JsonNode node, URI outer) {
    JsonNode id = node.get("$id");
    if (id == null || !id.isString()) {
      return outer;
    }
    try {
      return resolve(outer, id.stringValue());
    } catch (IllegalArgumentException e) {
      return outer;
    }
  }

  private static URI resolve(URI base, String reference) {
    return base.resolve(URI.create(reference));
  }

  private static String resource(URI uri) {
    String text = uri.toString();
    int fragment = text.indexOf('#');
    return fragment < 0 ? text : text.substring(0, fragment);
  }
}
