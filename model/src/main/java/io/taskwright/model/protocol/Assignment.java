package io.taskwright.model.protocol;

import io.taskwright.model.ByteSize;
import io.taskwright.model.ExecutionId;
import io.taskwright.model.definition.Code;
import io.taskwright.model.definition.Cpu;
import io.taskwright.model.definition.Dependency;
import io.taskwright.model.definition.Destination;
import io.taskwright.model.definition.ResourceRequirements;
import io.taskwright.model.definition.SecurityLevel;
import io.taskwright.model.definition.TaskRuntime;
import io.taskwright.model.definition.Work;
import io.taskwright.model.file.InputFile;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an attempt runs, on what, within which limits.
 *
 * @param number of the attempt, 1 for the first
 * @param token what every later message about the attempt shows
 * @param entry the file that is run
 * @param source the text of the one file, if the program has only one
 * @param bundle {@code sha256:…} of the zip with the files, if it has several
 * @param input one JSON value
 * @param cpuMillicores the share of a core that is kept
 * @param cpuLimitMillicores a hard bound, or null
 * @param memory bytes
 * @param disk bytes
 * @param egress where it may connect to, each as {@code host:port}
 * @param secrets what the code may use and nobody may read
 * @param cpuTimeMillis the processor time that it may use in all, or null
 * @param files what goes in beside the program, and what comes out
 * @param dependencies packages that it uses, each as its runtime's package manager takes it
 * @param signals what the execution was told before, as a JSON array; null if it may be told
 *     nothing
 */
public record Assignment(
    String execution,
    int number,
    String token,
    TaskRuntime runtime,
    String entry,
    @Nullable String source,
    @Nullable String bundle,
    String input,
    Map<String, String> environment,
    SecurityLevel securityLevel,
    int cpuMillicores,
    @Nullable Integer cpuLimitMillicores,
    long memory,
    long disk,
    long timeoutMillis,
    List<String> egress,
    AssignedSecrets secrets,
    @Nullable Long cpuTimeMillis,
    AttemptFiles files,
    List<String> dependencies,
    @Nullable String signals) {
  public Assignment {
    environment = Map.copyOf(environment);
    egress =
        List.copyOf(
            Objects.requireNonNullElse(egress, List.of())); // a service before this one says none
    secrets = Objects.requireNonNullElse(secrets, AssignedSecrets.NONE); // and nothing of these
    files = Objects.requireNonNullElse(files, AttemptFiles.NONE);
    dependencies = List.copyOf(Objects.requireNonNullElse(dependencies, List.of()));
  }

  /**
   * What an attempt at this work runs.
   *
   * @param memory what this attempt gets of it
   * @param input one JSON value
   * @param secrets those that the work names
   * @param files that were given with the start
   */
  public static Assignment of(
      ExecutionId execution,
      int number,
      String token,
      Work.Automated work,
      ByteSize memory,
      String input,
      AssignedSecrets secrets,
      List<InputFile> files) {
    Map<String, String> environment = new TreeMap<>(work.environment());
    environment.put("TASK_ID", execution.toString());
    environment.put("TASK_ATTEMPT", Integer.toString(number));
    environment.put("WORKFLOW_ID", "");
    ResourceRequirements resources = work.resources();
    Cpu limit = resources.cpuLimit();
    Duration cpuTime = resources.cpuTime();
    return new Assignment(
        execution.toString(),
        number,
        token,
        work.runtime(),
        switch (work.code()) {
          case Code.Source source -> work.runtime().sourceFile();
          case Code.Bundle bundle -> bundle.entry();
        },
        work.code() instanceof Code.Source(String text) ? text : null,
        work.code() instanceof Code.Bundle(String digest, String entry) ? digest : null,
        input,
        environment,
        work.security().level(),
        resources.cpu().millicores(),
        limit == null ? null : limit.millicores(),
        memory.bytes(),
        resources.disk().bytes(),
        resources.timeout().toMillis(),
        work.security().egress().stream().map(Destination::toString).toList(),
        secrets,
        cpuTime == null ? null : cpuTime.toMillis(),
        AttemptFiles.of(files, work.outputFiles()),
        work.dependencies().stream().map(Dependency::text).toList(),
        null);
  }

  /** The same, told what the execution was told before: a JSON array. */
  public Assignment told(String before) {
    return new Assignment(
        execution,
        number,
        token,
        runtime,
        entry,
        source,
        bundle,
        input,
        environment,
        securityLevel,
        cpuMillicores,
        cpuLimitMillicores,
        memory,
        disk,
        timeoutMillis,
        egress,
        secrets,
        cpuTimeMillis,
        files,
        dependencies,
        before);
  }
}
