package io.taskwright.sandbox.docker;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.taskwright.sandbox.guest.EnvironmentException;
import java.io.IOException;
import org.opentest4j.TestAbortedException;

/** The engine that the tests use, if there is one. */
final class DockerHost {
  private DockerHost() {}

  /** Connects to it and builds the image if need be; skips the test if that cannot be. */
  static Engine engine() throws IOException, InterruptedException {
    Engine engine = connect();
    assumeTrue(imageIsBuilt(engine), "the image of the runtimes cannot be built here");
    return engine;
  }

  private static Engine connect() {
    try {
      return Engine.connect();
    } catch (EnvironmentException e) {
      throw new TestAbortedException(e.getMessage());
    }
  }

  private static boolean imageIsBuilt(Engine engine) throws IOException, InterruptedException {
    return engine.idOf(RuntimeImage.own()).isPresent()
        || new ProcessBuilder("sh", "../" + RuntimeImage.SCRIPT).inheritIO().start().waitFor() == 0;
  }
}
