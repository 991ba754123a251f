package io.taskwright.api.file;

/**
 * What uploads may be.
 *
 * @param mostBytes of one file
 */
public record FileLimits(long mostBytes) {}
