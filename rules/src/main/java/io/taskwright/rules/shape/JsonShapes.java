package io.taskwright.rules.shape;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.path.PathType;
import io.taskwright.model.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/**
 * Makes schemas ready: JSON Schema 2020-12 with formats asserted, regular expressions in linear
 * time. A schema is never fetched from anywhere: references reach into the schema itself only
 * ({@link References}).
 */
public final class JsonShapes {
  private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";
  private static final int MAX_DEPTH = 64;

  private static final SchemaRegistryConfig CONFIG =
      SchemaRegistryConfig.builder()
          .formatAssertionsEnabled(true)
          .pathType(PathType.JSON_POINTER)
          .regularExpressionFactory(new LinearRegex())
          .locale(Locale.ROOT)
          .preloadSchema(true)
          .build();

  private static final JsonShape META =
      new JsonShape(registry().getSchema(SchemaLocation.of(DIALECT)), false);

  private JsonShapes() {}

  /**
   * What is wrong with the schema itself, with pointers into it; empty if {@link #ready} may be
   * called.
   */
  public static List<Violation> violations(JsonNode schema) {
    List<Violation> found = new ArrayList<>();
    if (!schema.isObject() && !schema.isBoolean()) {
      return List.of(new Violation("", "type", "a JSON Schema is an object, true or false"));
    }
    inspect(schema, "", 0, found);
    if (!found.isEmpty()) {
      return found;
    }
    References.inspect(schema, found);
    if (!found.isEmpty()) {
      return found;
    }
    found.addAll(META.violations(schema));
    if (!found.isEmpty()) {
      return found;
    }
    try {
      if (endless(compile(schema))) {
        found.add(new Violation("", "$ref", "the schema refers to itself without end"));
      }
    } catch (SchemaException e) {
      found.add(new Violation("", "$ref", "the schema cannot be resolved: " + e.getMessage()));
    } catch (StackOverflowError e) {
      found.add(new Violation("", "$ref", "the schema refers to itself without end"));
    }
    return found;
  }

  /** Whether not even a value without parts can be held against it. */
  private static boolean endless(Schema schema) {
    return new JsonShape(schema, false)
        .violations(NullNode.getInstance()).stream()
            .anyMatch(violation -> violation.keyword().equals(JsonShape.LIMIT));
  }

  /** Makes a schema ready that {@link #violations} found nothing wrong with. */
  public static JsonShape ready(JsonNode schema) {
    return new JsonShape(compile(schema), mentionsDefault(schema));
  }

  private static Schema compile(JsonNode schema) {
    Schema compiled = registry().getSchema(schema);
    compiled.initializeValidators();
    return compiled;
  }

  /**
   * A registry of its own for each schema: what one author calls his schema is nothing to another.
   */
  private static SchemaRegistry registry() {
    return SchemaRegistry.withDialect(
        Dialects.getDraft202012(),
        builder ->
            builder
                .schemaRegistryConfig(CONFIG)
                .schemaLoader(loader -> loader.fetchRemoteResources(false)));
  }

  /** Finds what the meta-schema cannot: other dialects, costly patterns. */
  private static void inspect(JsonNode node, String pointer, int depth, List<Violation> found) {
    if (depth > MAX_DEPTH) {
      found.add(new Violation(pointer, "depth", "the schema is nested too deeply"));
      return;
    }
    if (node.isObject()) {
      for (Map.Entry<String, JsonNode> field : node.properties()) {
        String at = pointer + "/" + Pointers.escape(field.getKey());
        inspectKeyword(field.getKey(), field.getValue(), at, found);
        inspect(field.getValue(), at, depth + 1, found);
      }
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        inspect(node.get(i), pointer + "/" + i, depth + 1, found);
      }
    }
  }

  private static void inspectKeyword(
      String keyword, JsonNode value, String at, List<Violation> found) {
    switch (keyword) {
      case "$schema" -> {
        if (value.isString() && !value.stringValue().equals(DIALECT)) {
          found.add(new Violation(at, keyword, "only the dialect " + DIALECT + " is supported"));
        }
      }
      case "pattern" -> {
        if (value.isString()) {
          complain(value.stringValue(), at, keyword, found);
        }
      }
      case "patternProperties" -> {
        for (String regex : value.propertyNames()) {
          complain(regex, at + "/" + Pointers.escape(regex), keyword, found);
        }
      }
      default -> {}
    }
  }

  private static void complain(String regex, String at, String keyword, List<Violation> found) {
    String complaint = LinearRegex.complaint(regex);
    if (!complaint.isEmpty()) {
      found.add(new Violation(at, keyword, complaint));
    }
  }

  private static boolean mentionsDefault(JsonNode node) {
    if (node.isObject() && node.has("default")) {
      return true;
    }
    for (JsonNode child : node.values()) {
      if (mentionsDefault(child)) {
        return true;
      }
    }
    return false;
  }
}
