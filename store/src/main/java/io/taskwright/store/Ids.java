package io.taskwright.store;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochRandomGenerator;
import java.util.UUID;

/** Makes UUIDv7s: later ones sort later, so that an index on them grows at one end. */
public final class Ids {
  private static final TimeBasedEpochRandomGenerator GENERATOR =
      Generators.timeBasedEpochRandomGenerator();

  private Ids() {}

  /** A new id. */
  public static UUID next() {
    return GENERATOR.generate();
  }
}
