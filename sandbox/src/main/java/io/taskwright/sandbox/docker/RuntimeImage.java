package io.taskwright.sandbox.docker;

import io.taskwright.model.definition.TaskRuntime;
import io.taskwright.sandbox.guest.Interpreters;
import io.taskwright.sandbox.resource.Resource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

  /** Where the script puts the interpreters. */
  Interpreters interpreters() {
    return new Interpreters(
        Map.of(
            TaskRuntime.PYTHON, "/usr/bin/python3",
            TaskRuntime.NODE, "/usr/bin/node",
            TaskRuntime.BASH, "/bin/bash",
            TaskRuntime.JAVA, "/opt/jdk/bin/java"),
        Optional.empty());
  }
}
