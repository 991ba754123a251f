package io.taskwright.bench.cost;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The processor time of one process, user and system together.
 *
 * @param own its own
 * @param reaped that of its ended children and theirs
 */
record ProcessTimes(long parent, Duration own, Duration reaped) {
  /** USER_HZ, which Linux promises to programs on every usual machine. */
  private static final int MILLIS_PER_TICK = 10;

  /** Reads them; empty if the process is gone. */
  static Optional<ProcessTimes> of(long pid) {
    try {
      return Optional.of(
          parse(
              Files.readString(
                  Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.ISO_8859_1)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The form of proc(5); the second field is the name, in which anything can stand. */
  static ProcessTimes parse(String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return new ProcessTimes(
        Long.parseLong(fields[1]), sum(fields[11], fields[12]), sum(fields[13], fields[14]));
  }

  private static Duration sum(String one, String other) {
    return Duration.ofMillis((Long.parseLong(one) + Long.parseLong(other)) * MILLIS_PER_TICK);
  }

  /** Its own time and that of its ended children. */
  Duration all() {
    return own.plus(reaped);
  }
}
