package io.taskwright.sandbox.layer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes the packages of a pack into a folder that nobody else uses yet: regular files only, none
 * outside the folder, each once, never more than the bounds. Nothing of it is run or read as code.
 *
 * <p>Beside the files in {@code tree/}, a pack has {@code lock} or {@code failure}, which are kept
 * here.
 */
final class Unpacking implements PackReader.Files {
  private static final String TREE = "tree/";
  private static final int LONGEST_WORD = 4 << 20;
  private static final int DEEPEST = 64;
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
  private static final Set<StandardOpenOption> NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

  private final Path folder;
  private final LayerBounds bounds;
  private final ByteArrayOutputStream lock = new ByteArrayOutputStream();
  private final ByteArrayOutputStream failure = new ByteArrayOutputStream();
  private int files;
  private long bytes;
  private @Nullable OutputStream current;

  /**
   * @param folder empty
   */
  Unpacking(Path folder, LayerBounds bounds) {
    this.folder = folder;
    this.bounds = bounds;
  }

  /** What the packages are, by their hashes; empty if the pack has none. */
  String lock() {
    return lock.toString(StandardCharsets.UTF_8);
  }

  /** Why there are no packages; empty if there are. */
  String failure() {
    return failure.toString(StandardCharsets.UTF_8);
  }

  int files() {
    return files;
  }

  long bytes() {
    return bytes;
  }

  @Override
  public void begin(String path, boolean executable, long size) {
    try {
      current =
          switch (path) {
            case "lock" -> word(lock, size);
            case "failure" -> word(failure, size);
            default -> file(path, executable, size);
          };
    } catch (IOException | InvalidPathException e) {
      throw new BadPackException("the file " + path + " cannot be made", e);
    }
  }

  @Override
  public void content(byte[] some, int offset, int length) {
    try {
      if (current != null) {
        current.write(some, offset, length);
      }
    } catch (IOException e) {
      throw new BadPackException("a file cannot be written", e);
    }
  }

  @Override
  public void end() {
    try {
      if (current != null) {
        current.close();
        current = null;
      }
    } catch (IOException e) {
      throw new BadPackException("a file cannot be written", e);
    }
  }

  private static OutputStream word(ByteArrayOutputStream into, long size) {
    if (into.size() > 0 || size > LONGEST_WORD) {
      throw new BadPackException("more than " + LONGEST_WORD + " bytes of lock, or two of them");
    }
    return into;
  }

  private OutputStream file(String path, boolean executable, long size) throws IOException {
    files++;
    bytes += size;
    if (files > bounds.files() || bytes > bounds.size().bytes() || bytes < 0) {
      throw new BadPackException(
          "the packages are larger than " + bounds.size() + " or " + bounds.files() + " files");
    }
    Path target = inside(path);
    makeFolders(target.getParent());
    OutputStream opened = Files.newOutputStream(target, NEW.toArray(StandardOpenOption[]::new));
    Files.setPosixFilePermissions(
        target, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    return opened;
  }

  private Path inside(String path) {
    List<String> names = List.of(path.split("/", -1));
    boolean strange =
        !path.startsWith(TREE)
            || names.size() > DEEPEST
            || CONTROL.matcher(path).find()
            || names.stream().anyMatch(name -> name.isEmpty() || name.matches("\\.\\.?"));
    if (strange) {
      throw new BadPackException("a path that is not taken: " + path);
    }
    return folder.resolve(path.substring(TREE.length()));
  }

  /** In a folder of ours there are no links that they could lead through. */
  private void makeFolders(@Nullable Path parent) throws IOException {
    if (parent == null || parent.equals(folder) || Files.isDirectory(parent)) {
      return;
    }
    makeFolders(parent.getParent());
    Files.createDirectory(parent);
    Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
