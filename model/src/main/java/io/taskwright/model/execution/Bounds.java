package io.taskwright.model.execution;

import io.taskwright.model.ByteSize;
import io.taskwright.model.definition.Cpu;
import io.taskwright.model.definition.ResourceRequirements;
import java.time.Duration;

/** The most that a kind of work asks for; each bound belongs to it. */
public record Bounds(Cpu cpu, ByteSize memory, Duration timeout) {
  /** Whether the requirements stay within every bound. */
  boolean hold(ResourceRequirements asked) {
    return asked.cpu().millicores() <= cpu.millicores()
        && asked.maxMemory().compareTo(memory) <= 0
        && asked.timeout().compareTo(timeout) <= 0;
  }

  @Override
  public String toString() {
    return "%s cores, %s and %d s".formatted(cpu, memory, timeout.toSeconds());
  }
}
