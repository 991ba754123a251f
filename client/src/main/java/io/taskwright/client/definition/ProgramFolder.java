package io.taskwright.client.definition;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The folder of a definition, from which the files of its program are taken. Nothing outside of it
 * is ever read, whatever a pattern or a link says.
 *
 * @param root its real path
 * @param definition the real path of the definition, which no wildcard takes along
 */
record ProgramFolder(Path root, Path definition) {
  /** What the service takes; see BundleReader. */
  static final int MOST_FILES = 1_000;

  static final int MOST_BYTES = 32 << 20;
  private static final int MOST_VISITED = 100_000;
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.@+-]*(/[A-Za-z0-9_.@+-]+)*");
  private static final int LONGEST_NAME = 200;

  /** Thrown when the files cannot be had; the message says why. */
  static final class NoFiles extends Exception {
    private static final long serialVersionUID = 1L;

    NoFiles(String message) {
      super(message);
    }
  }

  /** The folder of a definition's file. */
  static ProgramFolder of(Path file) throws IOException {
    Path real = file.toRealPath();
    return new ProgramFolder(Objects.requireNonNull(real.getParent()), real);
  }

  /** The files that the patterns name, by their paths in the folder. */
  SortedMap<String, byte[]> take(List<String> patterns) throws NoFiles, IOException {
    SortedMap<String, byte[]> files = new TreeMap<>();
    long total = 0;
    for (String path : paths(patterns)) {
      if (files.containsKey(path)) {
        continue;
      }
      byte[] content = read(path, MOST_BYTES - total);
      total += content.length;
      files.put(path, content);
      if (files.size() > MOST_FILES) {
        throw new NoFiles("a bundle has at most %d files".formatted(MOST_FILES));
      }
    }
    return files;
  }

  private List<String> paths(List<String> patterns) throws NoFiles, IOException {
    List<String> paths = new ArrayList<>();
    for (String pattern : patterns) {
      confined(pattern);
      Glob glob = new Glob(pattern);
      if (glob.literal()) {
        paths.add(pattern);
      } else {
        List<String> found = found(glob);
        if (found.isEmpty()) {
          throw new NoFiles("no file in %s fits '%s'".formatted(root, pattern));
        }
        paths.addAll(found);
      }
    }
    return paths;
  }

  private static void confined(String pattern) throws NoFiles {
    for (String name : pattern.split("/", -1)) {
      if (name.isEmpty() || name.equals(".") || name.equals("..")) {
        throw new NoFiles(
            "'%s' does not stay in the definition's folder; write paths like src/main.py"
                .formatted(pattern));
      }
    }
  }

  private List<String> found(Glob glob) throws IOException {
    List<String> found = new ArrayList<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          private int visited;

          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            boolean hidden = !folder.equals(root) && name(folder).startsWith(".");
            return hidden && !glob.looksIntoHidden()
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (++visited > MOST_VISITED) {
              throw new IOException("more than %d files lie in %s".formatted(MOST_VISITED, root));
            }
            String path = root.relativize(file).toString();
            if (glob.matches(path) && !file.equals(definition) && !Files.isDirectory(file)) {
              found.add(path);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return found;
  }

  private static String name(Path folder) {
    return folder.getFileName().toString();
  }

  private byte[] read(String path, long room) throws NoFiles, IOException {
    if (path.length() > LONGEST_NAME || !NAME.matcher(path).matches()) {
      throw new NoFiles(
          "'%s' cannot be in a bundle: paths have letters, digits and . _ @ + -".formatted(path));
    }
    Path real;
    try {
      real = root.resolve(path).toRealPath();
    } catch (NoSuchFileException e) {
      throw new NoFiles("there is no file '%s' in %s".formatted(path, root));
    }
    if (!real.startsWith(root)) {
      throw new NoFiles(
          "'%s' leads out of the definition's folder; copy the file into it".formatted(path));
    }
    if (!Files.isRegularFile(real)) {
      throw new NoFiles("'%s' is no file; for all in a folder write %s/**".formatted(path, path));
    }
    try (InputStream in = Files.newInputStream(real)) {
      byte[] content = in.readNBytes((int) room + 1);
      if (content.length > room) {
        throw new NoFiles("a bundle has at most %d MB".formatted(MOST_BYTES >> 20));
      }
      return content;
    }
  }
}
