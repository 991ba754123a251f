package io.taskwright.app.process;

import io.taskwright.app.machine.Obstacle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** All processes of this machine. */
public final class ProcessTable {
  private ProcessTable() {}

  /** Those that run now. One that ends while it is looked at is left out. */
  public static List<RunningProcess> read() {
    List<RunningProcess> processes = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path entry : entries) {
        find(Long.parseLong(entry.getFileName().toString())).ifPresent(processes::add);
      }
    } catch (IOException e) {
      throw new Obstacle("Cannot read /proc.", e);
    }
    return processes;
  }

  /** The one with this number; nothing when none has it, or when it is dead already. */
  public static Optional<RunningProcess> find(long pid) {
    Optional<ProcessId> id = ProcessId.of(pid);
    if (id.isEmpty()) {
      return Optional.empty();
    }
    Path entry = Path.of("/proc", Long.toString(pid));
    try {
      return Optional.of(
          new RunningProcess(
              id.get(),
              arguments(Files.readAllBytes(entry.resolve("cmdline"))),
              Files.readString(entry.resolve("comm")).strip(),
              directory(entry.resolve("cwd"))));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Splits proc_pid_cmdline(5): each argument ends with a NUL. */
  static List<String> arguments(byte[] cmdline) {
    if (cmdline.length == 0) {
      return List.of();
    }
    String text = new String(cmdline, StandardCharsets.UTF_8);
    String[] arguments = text.split("\0", -1);
    int count = text.endsWith("\0") ? arguments.length - 1 : arguments.length;
    return Arrays.asList(arguments).subList(0, count);
  }

  private static String directory(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException | SecurityException e) {
      return "";
    }
  }
}
