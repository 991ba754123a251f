package io.taskwright.sandbox.docker;

import java.io.IOException;

/** The image of the runtimes, for tests of other packages. */
public final class DockerImage {
  private DockerImage() {}

  /** Its name, when it is built; skips the test where that cannot be. */
  public static String built() throws IOException, InterruptedException {
    DockerHost.engine().close();
    return RuntimeImage.own().name();
  }
}
