package io.taskwright.rules.compare;

import io.taskwright.rules.shape.JsonShape;
import io.taskwright.rules.shape.JsonShapes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A whole schema, in which the references of its parts lead somewhere. */
record Root(JsonNode schema) {
  private static final int MOST_STEPS = 50;
  private static final List<String> SHELVES = List.of("$defs", "definitions");

  /** The part that is meant where only a reference stands; empty if it leads nowhere. */
  Optional<JsonNode> meant(JsonNode part) {
    JsonNode at = part;
    for (int steps = 0; steps < MOST_STEPS; steps++) {
      if (!at.isObject() || !at.path("$ref").isString() || !isReference(at)) {
        return Optional.of(at);
      }
      String reference = at.get("$ref").stringValue();
      if (!reference.equals("#") && !reference.startsWith("#/")) {
        return Optional.empty();
      }
      at = at(reference.substring(1));
      if (at.isMissingNode()) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private JsonNode at(String pointer) {
    // In an address some characters are written in another way; those are left to the undecided.
    return pointer.contains("%")
        ? JsonNodeFactory.instance.missingNode()
        : schema.at(JsonPointer.compile(pointer));
  }

  private static boolean isReference(JsonNode part) {
    return part.propertyNames().stream()
        .allMatch(keyword -> keyword.equals("$ref") || Keywords.isAnnotation(keyword));
  }

  /** The part by itself, ready to hold values against; empty if it refers to the outside of it. */
  Optional<JsonShape> shape(JsonNode part) {
    if (part.isBoolean()) {
      return Optional.of(JsonShapes.ready(part));
    }
    ObjectNode alone = JsonNodeFactory.instance.objectNode();
    part.properties().forEach(field -> alone.set(field.getKey(), field.getValue()));
    for (String shelf : SHELVES) {
      if (schema.has(shelf)) {
        alone.set(shelf, schema.get(shelf));
      }
    }
    return staysOnShelves(alone) && JsonShapes.violations(alone).isEmpty()
        ? Optional.of(JsonShapes.ready(alone))
        : Optional.empty();
  }

  private static boolean staysOnShelves(JsonNode node) {
    String reference = node.path("$ref").asString("");
    return (reference.isEmpty()
            || SHELVES.stream().anyMatch(shelf -> reference.startsWith("#/" + shelf + "/")))
        && node.values().stream().allMatch(Root::staysOnShelves);
  }

  /** Whether equal references in the two mean equal things. */
  boolean sharesMeanings(Root other) {
    for (String shelf : SHELVES) {
      Map<String, JsonNode> mine = fields(schema.path(shelf));
      if (!mine.equals(fields(other.schema.path(shelf)))) {
        return false;
      }
    }
    return staysOnShelves(schema) && staysOnShelves(other.schema);
  }

  private static Map<String, JsonNode> fields(JsonNode object) {
    Map<String, JsonNode> fields = new HashMap<>();
    object.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
    return fields;
  }
}
