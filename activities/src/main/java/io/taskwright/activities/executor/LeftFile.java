package io.taskwright.activities.executor;

import java.nio.file.Path;

/**
 * A file that a program left, on the executor's own disk.
 *
 * @param path relative to the program's working directory
 * @param content where its bytes are
 * @param sha256 of them, 64 lower-case hexadecimal digits
 * @param size how many
 */
public record LeftFile(String path, Path content, String sha256, long size) {}
