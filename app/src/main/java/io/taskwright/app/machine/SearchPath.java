package io.taskwright.app.machine;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The folders in which programs are looked for.
 *
 * @param folders in the order of the search
 */
public record SearchPath(List<Path> folders) {
  /** The folders that the variable PATH names. */
  public static SearchPath ofEnvironment() {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("/usr/local/bin:/usr/bin:/bin");
    return new SearchPath(
        Arrays.stream(path.split(File.pathSeparator, -1))
            .filter(folder -> folder.startsWith("/"))
            .map(Path::of)
            .toList());
  }

  /** The first program of this name. */
  public Optional<Path> find(String program) {
    try {
      return folders.stream()
          .map(folder -> folder.resolve(program))
          .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
          .findFirst();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
