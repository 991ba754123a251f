package io.taskwright.model.execution;

import java.util.Locale;

/**
 * Who did something.
 *
 * @param kind what acted
 * @param name an API key's name, or the part of the service
 */
public record Actor(Kind kind, String name) {
  /** What can act. */
  public enum Kind {
    KEY,
    OPERATOR,
    SERVICE
  }

  @Override
  public String toString() {
    return kind == Kind.SERVICE ? name : kind.name().toLowerCase(Locale.ROOT) + " " + name;
  }
}
