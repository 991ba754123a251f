package io.taskwright.sandbox;

/**
 * A file that is there when the program starts.
 *
 * @param path relative to the program's working directory, with forward slashes, no {@code ..}
 */
@SuppressWarnings("ArrayRecordComponent") // content is written once and never compared
public record ProgramFile(String path, byte[] content) {}
