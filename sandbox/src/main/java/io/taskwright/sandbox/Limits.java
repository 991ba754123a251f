package io.taskwright.sandbox;

import io.taskwright.model.ByteSize;
import io.taskwright.model.definition.Cpu;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a run may use. Each limit that is broken has its own failure.
 *
 * @param cpu the share kept for it when the host is busy
 * @param cpuQuota a hard bound on processor time per second, or null for a burst of one core
 * @param memory of all processes together, without files
 * @param disk bytes of all files it writes
 * @param files how many files and directories it may have
 * @param processes how many processes and threads at once
 * @param wall from its start; then it is killed
 * @param log bytes of stdout and stderr that are kept; what follows is read and dropped
 * @param output bytes of its output
 */
public record Limits(
    Cpu cpu,
    @Nullable Cpu cpuQuota,
    ByteSize memory,
    ByteSize disk,
    int files,
    int processes,
    Duration wall,
    ByteSize log,
    ByteSize output) {}
