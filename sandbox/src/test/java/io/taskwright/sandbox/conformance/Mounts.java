package io.taskwright.sandbox.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The machine's mounts. */
public final class Mounts {
  private Mounts() {}

  /** None is of a task, or of the service's folder; what others mount meanwhile is theirs. */
  public static void assertNoneOf(Path folder) {
    assertThat(all())
        .as("mounts")
        .noneMatch(line -> line.startsWith("task ") || line.startsWith("root "))
        .noneMatch(line -> line.contains(folder.toString()) || line.contains(" /task "));
    assertThat(Path.of("/task")).doesNotExist();
  }

  private static List<String> all() {
    try {
      return Files.readAllLines(Path.of("/proc/self/mounts"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
