package io.taskwright.app.doctor;

import org.jspecify.annotations.Nullable;

/**
 * What was found out about one thing that Taskwright can use.
 *
 * @param name of the thing
 * @param level how bad it is
 * @param found what is there
 * @param use what it is used for, or what is not offered without it
 * @param fix what to do about it, when there is something
 */
public record Finding(String name, Level level, String found, String use, @Nullable String fix) {
  /** How bad it is. */
  public enum Level {
    OK,
    /** The service runs, but offers less. */
    LIMITED,
    /** The service cannot be started. */
    MISSING
  }

  static Finding ok(String name, String found, String use) {
    return new Finding(name, Level.OK, found, use, null);
  }

  static Finding limited(String name, String found, String use, String fix) {
    return new Finding(name, Level.LIMITED, found, use, fix);
  }

  static Finding missing(String name, String found, String use, String fix) {
    return new Finding(name, Level.MISSING, found, use, fix);
  }
}
