package io.taskwright.sandbox.guest;

import io.taskwright.model.ByteSize;
import java.time.Duration;

/**
 * What the host counted while an environment lived.
 *
 * @param outOfMemory whether the kernel killed a process of it because its memory was used up
 * @param outOfProcesses whether it was refused a process or thread
 * @param peakMemory the most memory at once, files included
 * @param cpu processor time of everything in it
 */
public record Traces(
    boolean outOfMemory, boolean outOfProcesses, ByteSize peakMemory, Duration cpu) {}
