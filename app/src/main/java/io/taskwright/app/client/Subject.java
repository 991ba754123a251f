package io.taskwright.app.client;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a person means by one word: a definition's file, or the name of a task. */
sealed interface Subject {
  /** A definition to bring to the service first. */
  record InFile(Path path) implements Subject {}

  /** A task that the service has. */
  record Named(String task) implements Subject {}

  /** The names that a definition's file has in the folder of its task. */
  List<String> FILE_NAMES = List.of("task.yaml", "task.yml", "task.json");

  /** Tells which is meant; a folder means the definition in it. */
  static Subject of(String word) {
    Path path = Path.of(word);
    if (Files.isDirectory(path)) {
      return definitionOf(path).<Subject>map(InFile::new).orElseGet(() -> new Named(word));
    }
    return Files.exists(path) || word.contains("/") || isDefinition(path)
        ? new InFile(path)
        : new Named(word);
  }

  /** The definition of the task whose folder it is, if it is one. */
  static Optional<Path> definitionOf(Path folder) {
    return FILE_NAMES.stream().map(folder::resolve).filter(Files::isRegularFile).findFirst();
  }

  /** Whether a file's name is one that definitions have. */
  static boolean isDefinition(Path path) {
    String name = path.toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json");
  }
}
