package io.taskwright.activities;

import io.taskwright.model.ByteSize;
import io.taskwright.model.definition.Cpu;
import io.taskwright.model.definition.Destination;
import io.taskwright.model.definition.SecurityLevel;
import io.taskwright.model.protocol.Assignment;
import io.taskwright.sandbox.Limits;
import io.taskwright.sandbox.Program;
import io.taskwright.sandbox.ProgramFile;
import io.taskwright.sandbox.RunFiles;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Turns an assignment into what a sandbox runs. */
public final class Programs {
  private static final int FILES = 10_000;
  private static final int PROCESSES = 64;
  private static final ByteSize LOG = ByteSize.ofMebibytes(16);
  private static final ByteSize OUTPUT = ByteSize.ofMebibytes(1);

  private Programs() {}

  /** A program of one file, whose text is in the assignment. */
  public static Program ofSource(Assignment assignment) {
    String text = Objects.requireNonNull(assignment.source());
    return program(
        assignment,
        List.of(new ProgramFile(assignment.entry(), text.getBytes(StandardCharsets.UTF_8))));
  }

  /** A program of several files by their paths. */
  public static Program ofFiles(Assignment assignment, Map<String, byte[]> files) {
    return program(
        assignment,
        files.entrySet().stream()
            .map(file -> new ProgramFile(file.getKey(), file.getValue()))
            .toList());
  }

  private static Program program(Assignment assignment, List<ProgramFile> files) {
    return new Program(
        assignment.execution() + "-" + assignment.number(),
        assignment.runtime(),
        files,
        assignment.entry(),
        assignment.input(),
        assignment.environment(),
        destinations(assignment),
        assignment.secrets().values(),
        RunFiles.NONE,
        null,
        assignment.signals());
  }

  /** Where the program may connect to, as its definition says. */
  public static List<Destination> destinations(Assignment assignment) {
    return assignment.egress().stream().map(Programs::destination).toList();
  }

  private static Destination destination(String text) {
    return Destination.parse(text)
        .orElseThrow(() -> new IllegalArgumentException("no destination: " + text));
  }

  /** What the program may use. HIGH makes its share of the processor a hard bound. */
  public static Limits limits(Assignment assignment) {
    Cpu cpu = new Cpu(assignment.cpuMillicores());
    return new Limits(
        cpu,
        quota(assignment, cpu),
        new ByteSize(assignment.memory()),
        new ByteSize(assignment.disk()),
        FILES,
        PROCESSES,
        Duration.ofMillis(assignment.timeoutMillis()),
        LOG,
        OUTPUT,
        assignment.cpuTimeMillis() == null ? null : Duration.ofMillis(assignment.cpuTimeMillis()));
  }

  private static @Nullable Cpu quota(Assignment assignment, Cpu cpu) {
    if (assignment.cpuLimitMillicores() != null) {
      return new Cpu(assignment.cpuLimitMillicores());
    }
    return assignment.securityLevel() == SecurityLevel.HIGH ? cpu : null;
  }
}
