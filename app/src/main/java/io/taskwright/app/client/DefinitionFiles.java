package io.taskwright.app.client;

import io.taskwright.model.file.FilePaths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds definitions in a folder. A folder with a {@code task.yaml} is that task's own, and nothing
 * else in it is a definition. Any other folder's YAML and JSON files are definitions, and the
 * tasks' own folders in it count, at any depth.
 */
final class DefinitionFiles {
  private static final int DEEPEST = 32;

  private DefinitionFiles() {}

  /** The file itself, or what is in the folder, in the order of their names. */
  static List<Path> in(Path path) {
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    try {
      List<Path> files = new ArrayList<>();
      Optional<Path> own = Subject.definitionOf(path);
      if (own.isPresent()) {
        return List.of(own.get());
      }
      for (Path entry : entries(path)) {
        if (Files.isRegularFile(entry) && Subject.isDefinition(entry)) {
          files.add(entry);
        }
      }
      below(path, files, 0);
      if (files.isEmpty()) {
        throw new Misuse("There is no definition in %s: no .yaml, .yml or .json.".formatted(path));
      }
      return files;
    } catch (IOException e) {
      throw new Misuse("%s cannot be read: %s".formatted(path, e.getMessage()));
    }
  }

  /**
   * The path that a definition has in its author's folder, with slashes. One alone is called by the
   * folder that is its task's own.
   *
   * @param asked what was asked for, in which the definition was found
   */
  static String nameOf(Path asked, Path file) {
    Path whole = file.toAbsolutePath().normalize();
    Path root = asked.toAbsolutePath().normalize();
    Path folder = Objects.requireNonNull(whole.getParent());
    boolean own = Subject.FILE_NAMES.contains(whole.getFileName().toString());
    boolean alone = whole.equals(root) || (own && folder.equals(root));
    Path name = alone ? whole.getFileName() : root.relativize(whole);
    if (alone && own && folder.getFileName() != null) {
      name = folder.getFileName().resolve(name);
    }
    String path = name.toString().replace(name.getFileSystem().getSeparator(), "/");
    return FilePaths.flaw(path).isEmpty() ? path : "";
  }

  private static void below(Path folder, List<Path> files, int depth) throws IOException {
    for (Path entry : entries(folder)) {
      boolean plain = Files.isDirectory(entry) && !Files.isSymbolicLink(entry);
      if (plain && !entry.getFileName().toString().startsWith(".") && depth < DEEPEST) {
        Optional<Path> own = Subject.definitionOf(entry);
        if (own.isPresent()) {
          files.add(own.get());
        } else {
          below(entry, files, depth + 1);
        }
      }
    }
  }

  private static List<Path> entries(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted().toList();
    }
  }
}
