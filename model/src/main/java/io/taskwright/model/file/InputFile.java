package io.taskwright.model.file;

/**
 * A file that is there when a program starts.
 *
 * @param path relative to the working directory
 * @param sha256 of its bytes, 64 lower-case hexadecimal digits
 * @param size bytes
 */
public record InputFile(String path, String sha256, long size) {
  /** How many an execution may have. */
  public static final int MOST = 100;
}
