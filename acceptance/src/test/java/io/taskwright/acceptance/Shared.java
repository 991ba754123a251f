package io.taskwright.acceptance;

import io.taskwright.testkit.Installation;
import io.taskwright.testkit.Rest;

/** One installation for all tests that do it no harm; it ends with the tests. */
final class Shared {
  private static final Installation INSTALLATION = start();

  private Shared() {}

  private static Installation start() {
    Installation installation = Installation.fresh();
    Runtime.getRuntime().addShutdownHook(new Thread(installation::close));
    return installation.up();
  }

  static Installation installation() {
    return INSTALLATION;
  }

  static Rest rest() {
    return INSTALLATION.rest();
  }
}
