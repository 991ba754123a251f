package io.taskwright.rules;

import io.taskwright.model.ByteSize;
import io.taskwright.model.definition.Cpu;
import java.time.Duration;

/**
 * The most that a definition may ask for on this installation.
 *
 * @param source bytes of inline source code
 * @param inProcessMemory of code that runs inside a worker's own process
 * @param outputFiles how many files one attempt may leave
 * @param outputBytes of all files that one attempt leaves
 */
public record Caps(
    Cpu cpu,
    ByteSize memory,
    ByteSize disk,
    Duration attempt,
    Duration total,
    ByteSize source,
    ByteSize inProcessMemory,
    int outputFiles,
    ByteSize outputBytes) {
  /** What holds unless the operator says otherwise. */
  public static final Caps DEFAULT =
      new Caps(
          new Cpu(4000),
          ByteSize.ofMebibytes(4096),
          ByteSize.ofMebibytes(10240),
          Duration.ofDays(1),
          Duration.ofDays(30),
          ByteSize.ofMebibytes(1),
          ByteSize.ofMebibytes(128),
          1_000,
          ByteSize.ofMebibytes(1024));
}
