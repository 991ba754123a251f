package io.taskwright.api.body;

import io.taskwright.api.problem.ProblemCode;
import io.taskwright.api.problem.ProblemException;
import io.taskwright.model.Violation;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The object that a request's body is; hands out its fields and refuses those nobody knows. */
public final class Envelope {
  private static final int LONGEST_REASON = 1_000;

  private final JsonNode object;
  private final String place;
  private final Set<String> taken = new HashSet<>();

  private Envelope(JsonNode object, String place) {
    this.object = object;
    this.place = place;
  }

  /** The body as an object. */
  public static Envelope of(JsonNode body) {
    if (!body.isObject()) {
      throw new ProblemException(ProblemCode.INVALID_TYPE, "the body must be a JSON object");
    }
    return new Envelope(body, "");
  }

  /** An object in it, if the field is there. */
  public Optional<Envelope> object(String name) {
    Optional<JsonNode> value = present(name);
    if (value.filter(v -> !v.isObject()).isPresent()) {
      throw wrong(ProblemCode.INVALID_TYPE, name, "must be an object");
    }
    return value.map(v -> new Envelope(v, place + "/" + name));
  }

  /** The object as it came. */
  public JsonNode json() {
    return object;
  }

  /** A number within bounds, if the field is there. */
  public OptionalDouble number(String name, double least, double most) {
    Optional<JsonNode> value = present(name);
    if (value.isEmpty()) {
      return OptionalDouble.empty();
    }
    if (!value.get().isNumber()) {
      throw wrong(ProblemCode.INVALID_TYPE, name, "must be a number");
    }
    double number = value.get().doubleValue();
    if (!(number >= least && number <= most)) {
      throw wrong(ProblemCode.OUT_OF_RANGE, name, "must be from " + least + " to " + most);
    }
    return OptionalDouble.of(number);
  }

  /** An ISO 8601 duration within bounds, if the field is there. */
  public Optional<Duration> duration(String name, Duration least, Duration most) {
    return text(name)
        .map(text -> {
          try {
            Duration duration = Duration.parse(text);
            if (duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0) {
              return duration;
            }
          } catch (DateTimeParseException e) {
            throw wrong(
                ProblemCode.INVALID_TIME, name, "must be an ISO 8601 duration, such as PT5S");
          }
          throw wrong(ProblemCode.OUT_OF_RANGE, name, "must be from " + least + " to " + most);
        });
  }

  /** The field as it is, null included; empty if it is absent. */
  public Optional<JsonNode> any(String name) {
    taken.add(name);
    return Optional.ofNullable(object.get(name));
  }

  private Optional<JsonNode> present(String name) {
    return any(name).filter(value -> !value.isNull());
  }

  /** A text, if the field is there. */
  public Optional<String> text(String name) {
    Optional<JsonNode> value = present(name);
    if (value.filter(v -> !v.isString()).isPresent()) {
      throw wrong(ProblemCode.INVALID_TYPE, name, "must be a string");
    }
    return value.map(JsonNode::stringValue);
  }

  /** Why something is done, for the record; empty if it is not said. */
  public String reason() {
    String reason = text("reason").orElse("");
    if (reason.length() > LONGEST_REASON) {
      throw wrong(
          ProblemCode.VALUE_INVALID, "reason", "has at most " + LONGEST_REASON + " characters");
    }
    return reason;
  }

  /** A text that must be there. */
  public String requiredText(String name) {
    return text(name).orElseThrow(() -> missing(name));
  }

  /** A field of any type that must be there; its value may be null. */
  public JsonNode required(String name) {
    return any(name).orElseThrow(() -> missing(name));
  }

  /** A whole number that must be there. */
  public int requiredInteger(String name, int least, int most) {
    return integer(name, least, most).orElseThrow(() -> missing(name));
  }

  private ProblemException missing(String name) {
    return wrong(ProblemCode.FIELD_REQUIRED, name, "is required");
  }

  /** A whole number within bounds, if the field is there. */
  public OptionalInt integer(String name, int least, int most) {
    Optional<JsonNode> value = present(name);
    if (value.isEmpty()) {
      return OptionalInt.empty();
    }
    if (!value.get().isIntegralNumber()) {
      throw wrong(ProblemCode.INVALID_TYPE, name, "must be a whole number");
    }
    long number = value.get().asLong();
    if (number < least || number > most) {
      throw wrong(ProblemCode.OUT_OF_RANGE, name, "must be from " + least + " to " + most);
    }
    return OptionalInt.of((int) number);
  }

  /** A list of so many entries at most that must be there and not be empty. */
  public List<JsonNode> requiredList(String name, int most) {
    JsonNode value =
        present(name).orElseThrow(() -> wrong(ProblemCode.FIELD_REQUIRED, name, "is required"));
    if (!value.isArray()) {
      throw wrong(ProblemCode.INVALID_TYPE, name, "must be a list");
    }
    if (value.isEmpty()) {
      throw wrong(ProblemCode.OUT_OF_RANGE, name, "must have at least one entry");
    }
    if (value.size() > most) {
      throw wrong(ProblemCode.TOO_LARGE, name, "must have at most " + most + " entries");
    }
    return value.valueStream().toList();
  }

  /** An RFC 3339 time, if the field is there. */
  public Optional<Instant> time(String name) {
    return text(name)
        .map(text ->
            Times.parse(text)
                .orElseThrow(() -> wrong(ProblemCode.INVALID_TIME, name, Times.EXPECTED)));
  }

  /** An object of texts; empty if the field is absent. */
  public Map<String, String> texts(String name, int most, int longest) {
    Map<String, String> texts = new LinkedHashMap<>();
    Optional<JsonNode> value = present(name);
    if (value.isEmpty()) {
      return texts;
    }
    if (!value.get().isObject()) {
      throw wrong(ProblemCode.INVALID_TYPE, name, "must be an object of strings");
    }
    for (Map.Entry<String, JsonNode> field : value.get().properties()) {
      if (!field.getValue().isString()) {
        throw wrong(ProblemCode.INVALID_TYPE, name + "/" + field.getKey(), "must be a string");
      }
      String text = field.getValue().stringValue();
      if (field.getKey().isEmpty()
          || field.getKey().length() > longest
          || text.length() > longest) {
        throw wrong(
            ProblemCode.OUT_OF_RANGE,
            name + "/" + field.getKey(),
            "names and values have 1 to " + longest + " characters");
      }
      texts.put(field.getKey(), text);
    }
    if (texts.size() > most) {
      throw wrong(ProblemCode.OUT_OF_RANGE, name, "must have at most " + most + " entries");
    }
    return texts;
  }

  /** Refuses what nobody asked for. */
  public void end() {
    List<Violation> unknown =
        object.propertyNames().stream()
            .filter(name -> !taken.contains(name))
            .map(name ->
                new Violation(
                    place + "/" + name.replace("~", "~0").replace("/", "~1"),
                    ProblemCode.UNKNOWN_FIELD.name(),
                    "is unknown here"))
            .toList();
    if (!unknown.isEmpty()) {
      throw new ProblemException(ProblemCode.UNKNOWN_FIELD, "remove the unknown fields", unknown);
    }
  }

  /** A field that is wrong. */
  public ProblemException wrong(ProblemCode code, String name, String message) {
    return new ProblemException(
        code,
        name + " " + message,
        List.of(new Violation(place + "/" + name, code.name(), message)));
  }
}
