package io.taskwright.sandbox;

import io.taskwright.model.ByteSize;
import io.taskwright.model.definition.Cpu;
import org.jspecify.annotations.Nullable;

/**
 * The part of the limits that an environment is made for: it stands before its program is known.
 * Each is as in {@link Limits}.
 */
public record Room(
    Cpu cpu, @Nullable Cpu cpuQuota, ByteSize memory, ByteSize disk, int files, int processes) {}
