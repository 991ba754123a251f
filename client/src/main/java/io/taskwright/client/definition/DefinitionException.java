package io.taskwright.client.definition;

import java.nio.file.Path;
import java.util.OptionalInt;

/** A definition's file cannot be used. The message is for its author: where, what, what to do. */
public final class DefinitionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DefinitionException(Path file, OptionalInt line, String message) {
    super(file + (line.isPresent() ? ":" + line.getAsInt() : "") + ": " + message);
  }

  DefinitionException(Path file, String message) {
    this(file, OptionalInt.empty(), message);
  }
}
