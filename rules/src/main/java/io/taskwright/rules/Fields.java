package io.taskwright.rules;

import io.taskwright.model.Violation;
import io.taskwright.rules.shape.Pointers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One object of a definition while it is read: hands out its fields by name and type, and notes
 * everything that is wrong, each with its pointer, so that an author sees all of it at once.
 */
final class Fields {
  private final JsonNode object;
  private final String pointer;
  private final List<Violation> violations;
  private final Set<String> taken = new HashSet<>();

  private Fields(JsonNode object, String pointer, List<Violation> violations) {
    this.object = object;
    this.pointer = pointer;
    this.violations = violations;
  }

  static Fields of(JsonNode object, List<Violation> violations) {
    return new Fields(object, "", violations);
  }

  /** Notes that the field is wrong. */
  void wrong(String name, String keyword, String message) {
    violations.add(new Violation(at(name), keyword, message));
  }

  /** Notes that an item of the field is wrong. */
  void wrongItem(String name, int index, String keyword, String message) {
    violations.add(new Violation(at(name) + "/" + index, keyword, message));
  }

  /** Notes that something inside the field is wrong. */
  void wrong(String name, String inside, String keyword, String message) {
    violations.add(new Violation(at(name) + inside, keyword, message));
  }

  /** Notes that this object as a whole is wrong. */
  void wrong(String keyword, String message) {
    violations.add(new Violation(pointer, keyword, message));
  }

  /** Notes that something inside the field is wrong. */
  void wrongInside(String name, String inside, String keyword, String message) {
    violations.add(new Violation(at(name) + inside, keyword, message));
  }

  /** The field as it stands, or null if it is absent or null. */
  @Nullable JsonNode any(String name) {
    taken.add(name);
    JsonNode value = object.get(name);
    return value == null || value.isNull() ? null : value;
  }

  /** The field as it stands, null included; empty if it is absent. */
  Optional<JsonNode> value(String name) {
    taken.add(name);
    return Optional.ofNullable(object.get(name));
  }

  boolean has(String name) {
    return object.hasNonNull(name);
  }

  Optional<String> text(String name) {
    JsonNode value = any(name);
    if (value == null) {
      return Optional.empty();
    }
    if (!value.isString()) {
      wrong(name, "type", "must be a string");
      return Optional.empty();
    }
    return Optional.of(value.stringValue());
  }

  Optional<String> requiredText(String name) {
    if (!has(name)) {
      taken.add(name);
      wrong(name, "required", "is required");
      return Optional.empty();
    }
    return text(name);
  }

  /** A string, or a number as YAML has it unquoted, that the reader turns into a value. */
  <T> T parsed(
      String name, T otherwise, String expected, Function<String, Optional<? extends T>> reader) {
    JsonNode value = any(name);
    if (value == null) {
      return otherwise;
    }
    Optional<? extends T> read =
        value.isString() || value.isNumber() ? reader.apply(value.asString()) : Optional.empty();
    if (read.isEmpty()) {
      wrong(name, value.isString() ? "format" : "type", "must be " + expected);
      return otherwise;
    }
    return read.get();
  }

  boolean truth(String name, boolean otherwise) {
    JsonNode value = any(name);
    if (value == null) {
      return otherwise;
    }
    if (!value.isBoolean()) {
      wrong(name, "type", "must be true or false");
      return otherwise;
    }
    return value.booleanValue();
  }

  int integer(String name, int otherwise, int least, int most) {
    return (int) number(name, otherwise, least, most, true);
  }

  double number(String name, double otherwise, double least, double most) {
    return number(name, otherwise, least, most, false);
  }

  private double number(String name, double otherwise, double least, double most, boolean whole) {
    JsonNode value = any(name);
    if (value == null) {
      return otherwise;
    }
    if (!value.isNumber() || (whole && !value.isIntegralNumber())) {
      wrong(name, "type", whole ? "must be a whole number" : "must be a number");
      return otherwise;
    }
    double number = value.doubleValue();
    if (number < least || number > most) {
      wrong(name, Codes.LIMIT_OUT_OF_RANGE, "must be from " + plain(least) + " to " + plain(most));
      return otherwise;
    }
    return number;
  }

  Optional<Fields> object(String name) {
    JsonNode value = any(name);
    if (value == null) {
      return Optional.empty();
    }
    if (!value.isObject()) {
      wrong(name, "type", "must be an object");
      return Optional.empty();
    }
    return Optional.of(new Fields(value, at(name), violations));
  }

  /** The objects of a list; none if it is absent. */
  List<Fields> objects(String name) {
    return objects(name, Integer.MAX_VALUE);
  }

  /** The objects of a list; none if it is absent or too long. */
  List<Fields> objects(String name, int most) {
    JsonNode value = any(name);
    if (value == null) {
      return List.of();
    }
    if (!value.isArray()) {
      wrong(name, "type", "must be a list of objects");
      return List.of();
    }
    if (value.size() > most) {
      wrong(name, "maxItems", "must have at most " + most + " entries");
      return List.of();
    }
    List<Fields> objects = new ArrayList<>();
    for (int i = 0; i < value.size(); i++) {
      if (value.get(i).isObject()) {
        objects.add(new Fields(value.get(i), at(name) + "/" + i, violations));
      } else {
        wrongItem(name, i, "type", "must be an object");
      }
    }
    return objects;
  }

  /** The strings of a list, or the other list if it is absent. */
  List<String> texts(String name, List<String> otherwise) {
    JsonNode value = any(name);
    if (value == null) {
      return otherwise;
    }
    if (!value.isArray() || value.values().stream().anyMatch(item -> !item.isString())) {
      wrong(name, "type", "must be a list of strings");
      return otherwise;
    }
    return value.values().stream().map(JsonNode::stringValue).toList();
  }

  /** Every field not yet taken, by name. */
  List<Map.Entry<String, JsonNode>> rest() {
    List<Map.Entry<String, JsonNode>> rest = new ArrayList<>();
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      if (taken.add(field.getKey())) {
        rest.add(field);
      }
    }
    return rest;
  }

  /** Notes every field that nobody asked for. */
  void end() {
    for (Map.Entry<String, JsonNode> field : rest()) {
      wrong(field.getKey(), Codes.UNKNOWN_FIELD, "is no field of a definition");
    }
  }

  private String at(String name) {
    return pointer + "/" + Pointers.escape(name);
  }

  private static String plain(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }
}
