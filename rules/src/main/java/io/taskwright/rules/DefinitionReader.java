package io.taskwright.rules;

import io.taskwright.model.Violation;
import io.taskwright.model.definition.Check;
import io.taskwright.model.definition.Code;
import io.taskwright.model.definition.ConcurrencyLimit;
import io.taskwright.model.definition.DefinitionTest;
import io.taskwright.model.definition.Dependency;
import io.taskwright.model.definition.RateLimit;
import io.taskwright.model.definition.ResourceRequirements;
import io.taskwright.model.definition.ResultCache;
import io.taskwright.model.definition.RetryPolicy;
import io.taskwright.model.definition.Rule;
import io.taskwright.model.definition.SecurityContext;
import io.taskwright.model.definition.Signal;
import io.taskwright.model.definition.TaskDefinition;
import io.taskwright.model.definition.TaskRuntime;
import io.taskwright.model.definition.Timeouts;
import io.taskwright.model.definition.Work;
import io.taskwright.model.execution.DryRun;
import io.taskwright.model.file.OutputFiles;
import io.taskwright.model.secret.SecretName;
import io.taskwright.rules.shape.JsonShapes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads a definition as its author wrote it: either all of it is right, or all that is wrong. */
public final class DefinitionReader {
  static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
  static final String NAME_FORM = "must be 1 to 63 lower-case letters, digits and inner hyphens";
  private static final Set<String> RESERVED_NAMES =
      Set.of("all", "new", "validate", "batch", "import", "export");
  private static final Set<String> LATER_KINDS = Set.of("manual", "integration", "plan");
  private static final Pattern ENTRY = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_./-]{0,199}");
  private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");
  private static final int MAX_DESCRIPTION = 4096;

  private final Caps caps;

  public DefinitionReader(Caps caps) {
    this.caps = caps;
  }

  /** What came of reading. */
  public sealed interface Reading {
    /** It is right; every default is filled in. */
    record Valid(TaskDefinition definition) implements Reading {}

    /** It is wrong in all these ways. */
    record Invalid(List<Violation> violations) implements Reading {}
  }

  /** Reads a definition from its JSON. */
  public Reading read(JsonNode json) {
    List<Violation> violations = new ArrayList<>();
    if (!json.isObject()) {
      return new Reading.Invalid(
          List.of(new Violation("", "type", "a definition is an object with a name and its work")));
    }
    Fields fields = Fields.of(json, violations);
    String name = name(fields);
    String description = description(fields);
    JsonNode inputSchema = schema(fields, "inputSchema", violations);
    JsonNode outputSchema = schema(fields, "outputSchema", violations);
    Optional<Work.Automated> work = work(fields);
    RetryPolicy retryPolicy = RetryReader.read(fields);
    Timeouts timeouts = RetryReader.timeouts(fields, caps);
    Optional<ResultCache> cache = CacheReader.read(fields);
    if (cache.isPresent() && work.filter(one -> !one.outputFiles().none()).isPresent()) {
      fields.wrong(
          "cache",
          Codes.UNSUPPORTED,
          "the files of a known result are not given again; leave out cache or outputFiles");
    }
    List<Rule> rules = RuleReader.read(fields);
    List<Check> checks = CheckReader.read(fields, caps);
    Optional<ConcurrencyLimit> concurrency = LimitReader.concurrency(fields);
    Optional<RateLimit> rate = LimitReader.rate(fields);
    SortedMap<String, Signal> signals = signals(fields, work, cache.isPresent());
    DryRun dryRun = dryRun(fields);
    TestsReader.read(fields, fields.has("tests") ? valid(outputSchema) : null);
    fields.end();
    if (!violations.isEmpty() || work.isEmpty()) {
      return new Reading.Invalid(List.copyOf(violations));
    }
    return new Reading.Valid(
        new TaskDefinition(
            name,
            description,
            inputSchema,
            outputSchema,
            work.get(),
            retryPolicy,
            timeouts,
            cache.orElse(null),
            rules,
            checks,
            concurrency.orElse(null),
            rate.orElse(null),
            signals,
            dryRun));
  }

  /** The tests of a definition that was found valid. It does not carry them: few ask for them. */
  public static List<DefinitionTest> tests(JsonNode json) {
    return TestsReader.read(Fields.of(json, new ArrayList<>()), null);
  }

  private static DryRun dryRun(Fields fields) {
    String word = fields.text("dryRun").orElse("record");
    return switch (word) {
      case "run" -> new DryRun.Closed();
      case "record" -> new DryRun.Noted();
      default -> {
        fields.wrong("dryRun", "enum", "must be run or record");
        yield new DryRun.Noted();
      }
    };
  }

  private static @Nullable JsonNode valid(@Nullable JsonNode schema) {
    return schema != null && JsonShapes.violations(schema).isEmpty() ? schema : null;
  }

  private SortedMap<String, Signal> signals(
      Fields fields, Optional<Work.Automated> work, boolean cached) {
    SortedMap<String, Signal> signals = SignalReader.read(fields, caps);
    if (fields.has("signals") && cached) {
      fields.wrong(
          "cache",
          Codes.UNSUPPORTED,
          "a result may depend on signals, and would be given without; leave out cache or signals");
    }
    if (fields.has("signals") && work.filter(one -> !one.runtime().sandboxed()).isPresent()) {
      fields.wrong(
          "signals",
          Codes.UNSUPPORTED,
          "a module runs inside workers, where code is told no signals; use another runtime");
    }
    return signals;
  }

  private static String name(Fields fields) {
    Optional<String> name = fields.requiredText("name");
    name.ifPresent(text -> {
      if (!NAME.matcher(text).matches()) {
        fields.wrong("name", Codes.INVALID_NAME, NAME_FORM);
      } else if (RESERVED_NAMES.contains(text)) {
        fields.wrong("name", Codes.INVALID_NAME, "'" + text + "' is reserved");
      }
    });
    return name.orElse("");
  }

  static String description(Fields fields) {
    String description = fields.text("description").orElse("");
    if (description.length() > MAX_DESCRIPTION) {
      fields.wrong(
          "description", "maxLength", "must be at most " + MAX_DESCRIPTION + " characters");
    }
    return description;
  }

  private static @Nullable JsonNode schema(Fields fields, String name, List<Violation> violations) {
    JsonNode schema = fields.any(name);
    if (schema == null) {
      return null;
    }
    for (Violation violation : JsonShapes.violations(schema)) {
      violations.add(
          new Violation(
              "/" + name + violation.pointer(),
              Codes.INVALID_SCHEMA,
              violation.keyword() + ": " + violation.message()));
    }
    return schema;
  }

  private Optional<Work.Automated> work(Fields fields) {
    for (String later : LATER_KINDS) {
      unsupported(fields, later);
    }
    if (!fields.has("automated")) {
      fields.any("automated");
      if (LATER_KINDS.stream().noneMatch(fields::has)) {
        fields.wrong("automated", "required", "is required: what the task is done by");
      }
      return Optional.empty();
    }
    return fields.object("automated").flatMap(this::automated);
  }

  private Optional<Work.Automated> automated(Fields fields) {
    Optional<TaskRuntime> runtime = runtime(fields);
    Optional<Code> code = code(fields);
    boolean module = runtime.filter(found -> !found.text()).isPresent();
    if (module && code.filter(Code.Source.class::isInstance).isPresent()) {
      fields.wrong(
          "source",
          Codes.UNSUPPORTED,
          "a module is binary: upload it as a bundle, and name the .wasm file as its entry");
    }
    List<Dependency> dependencies = DependencyReader.read(fields, runtime);
    Map<String, SecretName> secrets = SecretsReader.read(fields, runtime);
    Fields config = fields.object("executionConfig").orElse(null);
    SecurityContext security = SecurityContext.DEFAULT;
    ResourceRequirements resources =
        ExecutionConfigReader.defaults(runtime.orElse(TaskRuntime.PYTHON));
    Map<String, String> environment = Map.of();
    Optional<String> pool = Optional.empty();
    if (config != null) {
      ExecutionConfigReader reader = new ExecutionConfigReader(config, caps);
      security = reader.security(runtime);
      resources = reader.resources(runtime.orElse(TaskRuntime.PYTHON));
      environment = reader.environment();
      pool = reader.pool();
      config.end();
    }
    OutputFiles outputFiles = OutputFilesReader.read(fields, resources, caps);
    fields.end();
    if (runtime.isEmpty() || code.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Work.Automated(
            runtime.get(),
            code.get(),
            security,
            resources,
            environment,
            secrets,
            outputFiles,
            pool,
            dependencies));
  }

  private static Optional<TaskRuntime> runtime(Fields fields) {
    return fields
        .requiredText("runtime")
        .flatMap(word -> {
          Optional<TaskRuntime> runtime = TaskRuntime.of(word);
          if (runtime.isEmpty()) {
            fields.wrong("runtime", Codes.UNKNOWN_RUNTIME, "must be one of " + TaskRuntime.words());
          }
          return runtime;
        });
  }

  private Optional<Code> code(Fields fields) {
    if (fields.has("source") == fields.has("bundle")) {
      fields.any("source");
      fields.any("bundle");
      fields.wrong("source", "required", "either source or bundle must be given, and not both");
      return Optional.empty();
    }
    if (fields.has("source")) {
      return fields.text("source").flatMap(text -> source(fields, text));
    }
    return fields.object("bundle").flatMap(DefinitionReader::bundle);
  }

  private Optional<Code> source(Fields fields, String text) {
    if (text.isBlank()) {
      fields.wrong("source", "minLength", "must not be empty");
    } else if (text.indexOf('\0') >= 0) {
      fields.wrong("source", "pattern", "must not contain the NUL character");
    } else if (text.length() > caps.source().bytes()) {
      fields.wrong(
          "source",
          Codes.LIMIT_OUT_OF_RANGE,
          "must be at most " + caps.source() + "; larger programs are bundles");
    } else {
      return Optional.of(new Code.Source(text));
    }
    return Optional.empty();
  }

  private static Optional<Code> bundle(Fields fields) {
    Optional<String> digest = fields.requiredText("digest");
    Optional<String> entry = fields.requiredText("entry");
    if (digest.isPresent() && !DIGEST.matcher(digest.get()).matches()) {
      fields.wrong("digest", "pattern", "must be sha256: and 64 lower-case hexadecimal digits");
    }
    if (entry.isPresent()
        && (!ENTRY.matcher(entry.get()).matches() || entry.get().contains(".."))) {
      fields.wrong("entry", "pattern", "must be the path of a file in the bundle, without ..");
    }
    fields.end();
    return digest.isEmpty() || entry.isEmpty()
        ? Optional.empty()
        : Optional.of(new Code.Bundle(digest.get(), entry.get()));
  }

  private static void unsupported(Fields fields, String name) {
    if (fields.any(name) != null) {
      fields.wrong(name, Codes.UNSUPPORTED, "is not available in this version of the service");
    }
  }
}
