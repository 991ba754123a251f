package io.taskwright.sandbox.guest;

import io.taskwright.model.definition.TaskRuntime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The packages of a program: a folder of the host that its environment sees read-only.
 *
 * @param folder on the host
 * @param inside where the environment has it, an absolute path
 */
public record Layer(Path folder, String inside) {
  private static final String USUAL = "/opt/layer";

  /** Where Node.js looks from every folder, by {@code require} and by {@code import}. */
  private static final String NODE = "/node_modules";

  /** The folder, where programs of the runtime look for packages. */
  public static Layer of(TaskRuntime runtime, Path folder) {
    return new Layer(
        folder.toAbsolutePath(),
        switch (runtime) {
          case NODE -> NODE;
          case PYTHON, JAVA, BASH, JAVASCRIPT, WASM -> USUAL;
        });
  }

  /** For the processes that a program starts: its own harness looks at the usual place anyway. */
  Map<String, String> variables(TaskRuntime runtime) {
    return switch (runtime) {
      case PYTHON -> Map.of("PYTHONPATH", inside);
      case JAVA, NODE, BASH, JAVASCRIPT, WASM -> Map.of();
    };
  }

  /** What a Java program's class path has after the harness, in the order of the names. */
  String classPath() {
    try (Stream<Path> files = Files.list(folder)) {
      List<String> jars =
          files
              .map(file -> String.valueOf(file.getFileName()))
              .filter(name -> name.endsWith(".jar"))
              .sorted()
              .map(name -> ":" + inside + "/" + name)
              .toList();
      return String.join("", jars);
    } catch (IOException e) {
      throw new UncheckedIOException("the packages in " + folder + " cannot be listed", e);
    }
  }
}
