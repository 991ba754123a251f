package io.taskwright.model.batch;

import java.util.OptionalInt;

/** On which version of its task something is done again. */
public sealed interface VersionChoice {
  /** The one that it had. */
  record Same() implements VersionChoice {}

  /** The newest there is when its turn comes. */
  record Latest() implements VersionChoice {}

  /** This one. */
  record Exactly(int number) implements VersionChoice {}

  /** The number that is meant for one that had this version; empty for the newest. */
  default OptionalInt of(int before) {
    return switch (this) {
      case Same same -> OptionalInt.of(before);
      case Latest latest -> OptionalInt.empty();
      case Exactly(int number) -> OptionalInt.of(number);
    };
  }
}
