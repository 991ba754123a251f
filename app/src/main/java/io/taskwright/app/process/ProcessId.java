package io.taskwright.app.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One process for ever: a number that the kernel gives again, and the time of its start.
 *
 * @param pid its number
 * @param started clock ticks from the boot of the machine to its start
 */
public record ProcessId(long pid, long started) {
  private static final int START_FIELD = 22;
  private static final int FIRST_FIELD_AFTER_NAME = 3;

  /** The process that has this number now; nothing when none has, or when it is dead already. */
  public static Optional<ProcessId> of(long pid) {
    try {
      byte[] stat = Files.readAllBytes(Path.of("/proc", Long.toString(pid), "stat"));
      return inStat(pid, new String(stat, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Reads proc_pid_stat(5). The name stands in parentheses and may hold any character. */
  static Optional<ProcessId> inStat(long pid, String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
    if (fields[0].equals("Z") || fields[0].equals("X")) {
      return Optional.empty();
    }
    return Optional.of(
        new ProcessId(pid, Long.parseLong(fields[START_FIELD - FIRST_FIELD_AFTER_NAME])));
  }

  /** This very process. */
  public static ProcessId self() {
    return of(ProcessHandle.current().pid()).orElseThrow();
  }

  /** Whether it still runs. */
  public boolean alive() {
    return of(pid).equals(Optional.of(this));
  }
}
