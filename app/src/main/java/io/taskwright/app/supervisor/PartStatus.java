package io.taskwright.app.supervisor;

import io.taskwright.app.process.ProcessId;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What is known about a part at one moment.
 *
 * @param name what people call it
 * @param state where it is on its way
 * @param version of the program
 * @param process its process, when one runs
 * @param restarts how often it was started again
 * @param reason why it is not ready, when something went wrong
 * @param log where its output goes
 */
public record PartStatus(
    String name,
    PartState state,
    String version,
    @Nullable ProcessId process,
    int restarts,
    @Nullable String reason,
    Path log) {}
