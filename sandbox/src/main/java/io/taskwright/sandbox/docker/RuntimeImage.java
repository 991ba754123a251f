package io.taskwright.sandbox.docker;

import io.taskwright.model.definition.TaskRuntime;
import io.taskwright.sandbox.guest.Interpreters;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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
    try (InputStream in = RuntimeImage.class.getResourceAsStream("build.sh")) {
      if (in == null) {
        throw new IllegalStateException("the recipe of the runtimes' image is not in the jar");
      }
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(in.readAllBytes());
      String tag = HexFormat.of().formatHex(hash).substring(0, HASH_LENGTH);
      return new RuntimeImage("taskwright/runtimes:" + tag);
    } catch (IOException e) {
      throw new UncheckedIOException("the recipe of the runtimes' image cannot be read", e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
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
