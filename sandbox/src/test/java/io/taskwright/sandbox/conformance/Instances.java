package io.taskwright.sandbox.conformance;

import java.nio.file.Path;

/** Names for the services of the tests. */
public final class Instances {
  private Instances() {}

  /**
   * The name for a subject in this checkout: another one may be tested on the same machine at the
   * same time, and each service sweeps away what has its name.
   */
  public static String named(String subject) {
    int checkout = Path.of("").toAbsolutePath().hashCode();
    return "it-" + subject + "-" + Integer.toHexString(checkout);
  }
}
