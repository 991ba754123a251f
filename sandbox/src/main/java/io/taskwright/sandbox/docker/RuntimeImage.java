package io.taskwright.sandbox.docker;

import io.taskwright.sandbox.resource.Resource;
import java.util.List;

/**
 * The image that containers are made of. Its name holds the hash of the script that builds it, so
 * that a service and its image always fit.
 *
 * @param name with the tag
 */
record RuntimeImage(String name) {
  /** What builds it, seen from the project's folder. */
  static final String SCRIPT = "images/runtimes/build.sh";

  private static final int HASH_LENGTH = 12;

  static RuntimeImage own() {
    byte[] recipe = Resource.bytes(RuntimeImage.class, "build.sh");
    String tag = Resource.hash(List.of(recipe)).substring(0, HASH_LENGTH);
    return new RuntimeImage("taskwright/runtimes:" + tag);
  }
}
