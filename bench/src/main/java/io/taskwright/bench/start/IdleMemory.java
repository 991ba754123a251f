package io.taskwright.bench.start;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What environments that wait hold of the machine's memory, shared pages by their share, in MiB.
 */
final class IdleMemory {
  private static final double KIB_PER_MIB = 1024;

  private IdleMemory() {}

  /** Of all processes that this one has started. */
  static double ofChildren() {
    return sum(ProcessHandle.current().descendants());
  }

  /** Of an instance's containers, each with the process that the engine keeps beside it. */
  static double ofContainers(String instance) throws IOException {
    String ids =
        output("docker", "ps", "-q", "--filter", "label=io.taskwright.instance=" + instance);
    double all = 0;
    for (String id : ids.lines().toList()) {
      String pid = output("docker", "inspect", "-f", "{{.State.Pid}}", id).strip();
      Optional<ProcessHandle> found =
          pid.isEmpty() ? Optional.empty() : ProcessHandle.of(Long.parseLong(pid));
      if (found.isPresent()) { // else it was about to go
        ProcessHandle first = found.get();
        all += sum(Stream.concat(Stream.of(first), first.descendants()));
        all += sum(first.parent().stream());
      }
    }
    return all;
  }

  private static double sum(Stream<ProcessHandle> processes) {
    return processes.mapToLong(process -> kibibytes(process.pid())).sum() / KIB_PER_MIB;
  }

  private static long kibibytes(long pid) {
    try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), "smaps_rollup"))) {
      return lines
          .filter(line -> line.startsWith("Pss:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
          .sum();
    } catch (IOException | java.io.UncheckedIOException e) {
      return 0; // It has ended.
    }
  }

  private static String output(String... words) throws IOException {
    Process process = new ProcessBuilder(words).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
