package io.taskwright.rules;

import io.taskwright.model.ByteSize;
import io.taskwright.model.definition.Cpu;
import io.taskwright.model.definition.Destination;
import io.taskwright.model.definition.ResourceRequirements;
import io.taskwright.model.definition.SecurityContext;
import io.taskwright.model.definition.SecurityLevel;
import io.taskwright.model.definition.TaskRuntime;
import io.taskwright.model.execution.Routing;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads {@code executionConfig}. */
final class ExecutionConfigReader {
  private static final ByteSize LEAST_MEMORY = ByteSize.ofMebibytes(16);
  private static final ByteSize LEAST_DISK = ByteSize.ofMebibytes(1);
  private static final Pattern ENV_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");
  private static final int MAX_ENV_VALUE = 32_768;
  private static final int MAX_ENV_COUNT = 100;

  /** Names by which a program could be made to run something else than its code. */
  private static final Set<String> RESERVED_ENV =
      Set.of(
          "PATH",
          "HOME",
          "USER",
          "SHELL",
          "IFS",
          "ENV",
          "BASH_ENV",
          "SHELLOPTS",
          "BASHOPTS",
          "PS4",
          "PROMPT_COMMAND",
          "NODE_OPTIONS",
          "NODE_PATH",
          "CLASSPATH",
          "JAVA_TOOL_OPTIONS",
          "JDK_JAVA_OPTIONS",
          "_JAVA_OPTIONS",
          "WORKFLOW_ID");

  private static final List<String> RESERVED_PREFIXES =
      List.of("LD_", "PYTHON", "TASK_", "BASH_FUNC_");

  private final Fields fields;
  private final Caps caps;

  ExecutionConfigReader(Fields fields, Caps caps) {
    this.fields = fields;
    this.caps = caps;
  }

  static ResourceRequirements defaults(TaskRuntime runtime) {
    ResourceRequirements usual = ResourceRequirements.DEFAULT;
    return runtime.inProcess()
        ? new ResourceRequirements(
            usual.cpu(),
            usual.cpuLimit(),
            usual.memory(),
            usual.disk(),
            ResourceRequirements.IN_PROCESS_TIMEOUT)
        : usual;
  }

  SecurityContext security(Optional<TaskRuntime> runtime) {
    Fields context = fields.object("securityContext").orElse(null);
    if (context == null) {
      return SecurityContext.DEFAULT;
    }
    SecurityLevel level =
        context.parsed(
            "securityLevel",
            SecurityLevel.LOW,
            "LOW, MEDIUM or HIGH",
            word ->
                Arrays.stream(SecurityLevel.values())
                    .filter(candidate -> candidate.name().equals(word))
                    .findFirst());
    if (level == SecurityLevel.HIGH && runtime.filter(TaskRuntime::inProcess).isPresent()) {
      context.wrong(
          "securityLevel",
          Codes.LIMIT_OUT_OF_RANGE,
          "HIGH never runs inside a worker's process; use a runtime of the operating system, such"
              + " as node");
    }
    context
        .text("runAs")
        .filter(user -> !user.equals("default-user"))
        .ifPresent(
            user -> context.wrong("runAs", Codes.UNSUPPORTED, "only default-user is available"));
    if (!context.texts("permissions", List.of()).isEmpty()) {
      context.wrong(
          "permissions",
          Codes.UNSUPPORTED,
          "no permission beyond the sandbox's own can be given yet");
    }
    List<Destination> egress = EgressReader.read(context, level, runtime);
    context.end();
    return new SecurityContext(level, egress);
  }

  ResourceRequirements resources(TaskRuntime runtime) {
    ResourceRequirements otherwise = defaults(runtime);
    Fields limits = fields.object("resourceRequirements").orElse(null);
    if (limits == null) {
      return otherwise;
    }
    ByteSize mostMemory = runtime.inProcess() ? caps.inProcessMemory() : caps.memory();
    ByteSize memory = size(limits, "memory", otherwise.memory(), LEAST_MEMORY, mostMemory);
    ResourceRequirements read =
        new ResourceRequirements(
            cpu(limits, "cpu", otherwise.cpu()),
            limits.has("cpuLimit")
                ? cpu(limits, "cpuLimit", otherwise.cpu())
                : absent(limits, "cpuLimit"),
            memory,
            size(limits, "disk", otherwise.disk(), LEAST_DISK, caps.disk()),
            timeout(limits, otherwise.timeout(), runtime),
            size(limits, "maxMemory", memory, memory, mostMemory),
            cpuTime(limits, runtime));
    limits.end();
    return read;
  }

  private static @Nullable Cpu absent(Fields limits, String name) {
    limits.any(name);
    return null;
  }

  private Cpu cpu(Fields limits, String name, Cpu otherwise) {
    Cpu read =
        limits.parsed(name, otherwise, "a number of cores such as \"0.5\" or \"500m\"", Cpu::parse);
    if (read.millicores() > caps.cpu().millicores()) {
      limits.wrong(name, Codes.LIMIT_OUT_OF_RANGE, "must be at most " + caps.cpu() + " cores");
      return otherwise;
    }
    return read;
  }

  private static ByteSize size(
      Fields limits, String name, ByteSize otherwise, ByteSize least, ByteSize most) {
    ByteSize read = limits.parsed(name, otherwise, "a size such as 128Mi", ByteSize::parse);
    if (read.compareTo(least) < 0 || read.compareTo(most) > 0) {
      limits.wrong(name, Codes.LIMIT_OUT_OF_RANGE, "must be from " + least + " to " + most);
      return otherwise;
    }
    return read;
  }

  private Duration timeout(Fields limits, Duration otherwise, TaskRuntime runtime) {
    Duration most = runtime.inProcess() ? ResourceRequirements.IN_PROCESS_TIMEOUT : caps.attempt();
    int seconds =
        limits.integer("timeoutSeconds", (int) otherwise.toSeconds(), 1, (int) most.toSeconds());
    return Duration.ofSeconds(seconds);
  }

  private @Nullable Duration cpuTime(Fields limits, TaskRuntime runtime) {
    if (!limits.has("cpuSeconds")) {
      limits.any("cpuSeconds");
      return null;
    }
    if (runtime.inProcess()) {
      limits.wrong(
          "cpuSeconds",
          Codes.UNSUPPORTED,
          "is not for " + runtime.word() + ", which timeoutSeconds bounds well enough");
    }
    long most = caps.attempt().toSeconds() * caps.cpu().millicores() / 1000;
    return Duration.ofSeconds(limits.integer("cpuSeconds", 1, 1, (int) most));
  }

  Map<String, String> environment() {
    Map<String, String> environment = new TreeMap<>();
    Fields variables = fields.object("environmentVariables").orElse(null);
    if (variables == null) {
      return environment;
    }
    for (Map.Entry<String, JsonNode> variable : variables.rest()) {
      String name = variable.getKey();
      JsonNode value = variable.getValue();
      if (!ENV_NAME.matcher(name).matches()) {
        variables.wrong(name, "pattern", "is no name of an environment variable");
      } else if (RESERVED_ENV.contains(name)
          || RESERVED_PREFIXES.stream().anyMatch(name::startsWith)) {
        variables.wrong(name, Codes.RESERVED_ENV, "is reserved");
      } else if (!value.isString() || value.stringValue().indexOf('\0') >= 0) {
        variables.wrong(name, "type", "must be a string without NUL characters");
      } else if (value.stringValue().length() > MAX_ENV_VALUE) {
        variables.wrong(name, "maxLength", "must be at most " + MAX_ENV_VALUE + " characters");
      } else {
        environment.put(name, value.stringValue());
      }
    }
    if (environment.size() > MAX_ENV_COUNT) {
      fields.wrong("environmentVariables", "maxProperties", "must be at most " + MAX_ENV_COUNT);
    }
    return environment;
  }

  /** Which executors take the work; whether any live is seen when it waits for them. */
  Optional<String> pool() {
    Optional<String> pool = fields.text("pool");
    pool.filter(name -> !Routing.isPool(name))
        .ifPresent(name ->
            fields.wrong(
                "pool",
                Codes.INVALID_NAME,
                "must be 1 to 63 lower-case letters, digits and inner hyphens, and neither "
                    + Routing.IN_PROCESS_POOL
                    + " nor "
                    + Routing.FUNCTIONS_POOL));
    return pool;
  }
}
