package io.taskwright.rules;

import io.taskwright.model.ByteSize;
import io.taskwright.model.definition.Check;
import io.taskwright.model.definition.Destination;
import io.taskwright.model.file.FilePattern;
import io.taskwright.rules.check.CheckInput;
import io.taskwright.rules.check.Wanted;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Reads {@code checks}: what must be true of the world when the work is done. */
final class CheckReader {
  private static final int LONGEST_URL = 2_000;
  private static final int MOST_FILES = 1_000;
  private static final List<String> KINDS = List.of("artifact", "http", "task");

  private CheckReader() {}

  static List<Check> read(Fields definition, Caps caps) {
    List<Check> checks = new ArrayList<>();
    for (Fields fields : definition.objects("checks", Check.MOST)) {
      check(fields, caps).ifPresent(checks::add);
      fields.end();
    }
    return checks;
  }

  private static Optional<? extends Check> check(Fields fields, Caps caps) {
    List<String> given = KINDS.stream().filter(fields::has).toList();
    if (given.size() != 1) {
      fields.wrong("required", "one of artifact, http and task must be given, and not two");
      fields.rest();
      return Optional.empty();
    }
    return switch (given.getFirst()) {
      case "artifact" -> artifact(fields);
      case "http" -> fields.object("http").flatMap(CheckReader::http);
      default -> fields.object("task").flatMap(task -> task(task, caps));
    };
  }

  private static Optional<Check> task(Fields fields, Caps caps) {
    Optional<String> name = fields.requiredText("name");
    if (name.filter(text -> !DefinitionReader.NAME.matcher(text).matches()).isPresent()) {
      fields.wrong("name", Codes.INVALID_NAME, DefinitionReader.NAME_FORM);
    }
    Integer version =
        fields.has("version") ? fields.integer("version", 1, 1, Integer.MAX_VALUE) : null;
    SortedMap<String, String> input = new TreeMap<>();
    fields.object("input").ifPresent(object -> input.putAll(input(object)));
    Optional<String> expect = expectation(fields, Wanted.RESULT);
    Duration usual = Check.Task.USUAL.compareTo(caps.total()) > 0 ? caps.total() : Check.Task.USUAL;
    Duration within =
        RetryReader.duration(fields, "within", usual, Duration.ofSeconds(1), caps.total());
    fields.end();
    return name.map(text -> new Check.Task(text, version, input, expect.orElse(null), within));
  }

  private static SortedMap<String, String> input(Fields object) {
    SortedMap<String, String> input = new TreeMap<>();
    List<Map.Entry<String, JsonNode>> fields = object.rest();
    if (fields.isEmpty() || fields.size() > Check.Task.MOST_FIELDS) {
      object.wrong("maxProperties", "must have 1 to " + Check.Task.MOST_FIELDS + " fields");
    }
    for (Map.Entry<String, JsonNode> field : fields) {
      if (!field.getValue().isString()) {
        object.wrong(field.getKey(), "type", "must be an expression, in a string");
        continue;
      }
      String expression = field.getValue().stringValue();
      CheckInput.flaw(expression)
          .ifPresent(flaw -> object.wrong(field.getKey(), Codes.INVALID_EXPRESSION, flaw));
      input.put(field.getKey(), expression);
    }
    return input;
  }

  private static Optional<String> expectation(Fields fields, Wanted wanted) {
    Optional<String> expect = fields.text("expect");
    expect
        .flatMap(wanted::flaw)
        .ifPresent(flaw -> fields.wrong("expect", Codes.INVALID_EXPRESSION, flaw));
    return expect;
  }

  private static Optional<Check> artifact(Fields fields) {
    Optional<String> path = fields.text("artifact");
    path.flatMap(FilePattern::flaw)
        .ifPresent(flaw -> fields.wrong("artifact", Codes.INVALID_PATH, flaw));
    int atLeast = fields.integer("atLeast", 1, 1, MOST_FILES);
    Optional<ByteSize> most =
        fields.has("maxBytes")
            ? Optional.of(
                fields.parsed("maxBytes", new ByteSize(0), "a size such as 10Mi", ByteSize::parse))
            : Optional.empty();
    return path.filter(text -> FilePattern.flaw(text).isEmpty())
        .map(text -> new Check.Artifact(new FilePattern(text), atLeast, most.orElse(null)));
  }

  private static Optional<Check> http(Fields fields) {
    Optional<String> url = fields.requiredText("url");
    url.filter(text -> !isUrl(text))
        .ifPresent(text ->
            fields.wrong(
                "url",
                Codes.INVALID_DESTINATION,
                "must be http:// or https://, a name or an address in its usual spelling, and a"
                    + " path; no user, no fragment"));
    Check.Http.Method method =
        fields.parsed("method", Check.Http.Method.GET, "GET or HEAD", CheckReader::method);
    Set<Integer> status = status(fields);
    Optional<String> expect = expectation(fields, Wanted.RESPONSE);
    Duration within =
        RetryReader.duration(
            fields, "within", Duration.ofSeconds(10), Duration.ofSeconds(1), Check.Http.LONGEST);
    fields.end();
    return url.map(text -> new Check.Http(text, method, status, expect.orElse(null), within));
  }

  private static Optional<Check.Http.Method> method(String text) {
    return Arrays.stream(Check.Http.Method.values())
        .filter(method -> method.name().equals(text))
        .findFirst();
  }

  private static Set<Integer> status(Fields fields) {
    JsonNode value = fields.any("status");
    if (value == null) {
      return Set.of(200);
    }
    Set<Integer> status = new LinkedHashSet<>();
    boolean good = value.isArray() && !value.isEmpty();
    for (JsonNode item : value.values()) {
      good &= item.isInt() && item.intValue() >= 100 && item.intValue() <= 599;
      status.add(item.asInt(0));
    }
    if (!good) {
      fields.wrong("status", "type", "must be a list of status codes from 100 to 599");
    }
    return status;
  }

  private static boolean isUrl(String text) {
    try {
      URI uri = new URI(text);
      boolean plain = uri.getRawUserInfo() == null && uri.getRawFragment() == null;
      String scheme = uri.getScheme();
      if (text.length() > LONGEST_URL
          || !plain
          || scheme == null
          || uri.getRawAuthority() == null) {
        return false;
      }
      String authority = uri.getRawAuthority();
      boolean withPort = authority.matches(".*:[0-9]+");
      return (scheme.equals("http") || scheme.equals("https"))
          && Destination.parse(withPort ? authority : authority + ":443")
              .filter(there -> there.toString().startsWith(authority))
              .isPresent();
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
