package io.taskwright.model.definition;

/** The program of an automated task. */
public sealed interface Code {
  /** A program of one file, written in the definition. */
  record Source(String text) implements Code {}

  /**
   * A program of several files, uploaded beforehand.
   *
   * @param digest {@code sha256:} and the hash of the zip archive, 64 lower-case hexadecimal digits
   * @param entry the file in it that is run
   */
  record Bundle(String digest, String entry) implements Code {}
}
