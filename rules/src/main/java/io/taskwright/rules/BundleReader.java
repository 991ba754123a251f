package io.taskwright.rules;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Reads the zip archives that programs of several files come in, and refuses the odd ones. */
public final class BundleReader {
  /** How many files a bundle may have. */
  public static final int MAX_FILES = 1_000;

  /** How many bytes the files of a bundle may have together, unpacked. */
  public static final int MAX_BYTES = 64 << 20;

  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.@+-]*(/[A-Za-z0-9_.@+-]+)*");

  private BundleReader() {}

  /** Thrown when the bytes are no acceptable bundle; the message says why. */
  public static final class NoBundle extends Exception {
    private final String reason;

    public NoBundle(String reason) {
      super(reason);
      this.reason = reason;
    }

    /** Why the bytes are no bundle, for a person. */
    public String reason() {
      return reason;
    }
  }

  /**
   * The files by their paths.
   *
   * @throws NoBundle if the bytes are no zip archive, or a path in it is absolute, leaves the
   *     folder, stands twice or has odd characters, or there is too much in it
   */
  public static Map<String, byte[]> read(byte[] zip) throws NoBundle {
    Map<String, byte[]> files = new TreeMap<>();
    long total = 0;
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        if (entry.isDirectory()) {
          continue;
        }
        byte[] content = in.readNBytes((int) (MAX_BYTES - total) + 1);
        total += content.length;
        if (total > MAX_BYTES || files.size() >= MAX_FILES) {
          throw new NoBundle(
              "a bundle has at most " + MAX_FILES + " files of together " + MAX_BYTES + " bytes");
        }
        add(files, entry.getName(), content);
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new NoBundle("the bytes are no readable zip archive");
    }
    if (files.isEmpty()) {
      throw new NoBundle("the bytes are no zip archive with files");
    }
    return files;
  }

  private static void add(Map<String, byte[]> files, String name, byte[] content) throws NoBundle {
    if (name.length() > 200 || !NAME.matcher(name).matches() || dots(name)) {
      throw new NoBundle("'" + name + "' cannot be the path of a file in a bundle");
    }
    if (name.toLowerCase(Locale.ROOT).startsWith(".task/")) {
      throw new NoBundle("the folder .task is the sandbox's own");
    }
    if (files.put(name, content) != null) {
      throw new NoBundle("'" + name + "' stands twice in the bundle");
    }
  }

  private static boolean dots(String name) {
    for (String part : name.split("/", -1)) {
      if (part.equals(".") || part.equals("..")) {
        return true;
      }
    }
    return false;
  }
}
