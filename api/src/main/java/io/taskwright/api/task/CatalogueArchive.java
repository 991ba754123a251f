package io.taskwright.api.task;

import io.taskwright.api.problem.ProblemCode;
import io.taskwright.api.problem.ProblemException;
import io.taskwright.model.Violation;
import io.taskwright.model.file.FilePaths;
import io.taskwright.rules.BundleReader;
import io.taskwright.store.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * An archive of definitions and of the bundles that they name, as it came: the bundles stay in its
 * file until they are asked for. What is odd about it is noted, and all of it at once.
 */
final class CatalogueArchive implements AutoCloseable {
  static final String BUNDLES = "bundles/";

  private static final int MOST_ENTRIES = 3_000;
  private static final int MOST_TEXT = 32 << 20;
  private static final int MOST_BUNDLE = 32 << 20;

  /** The record at the end of a zip file, and where in it the size of the list is. */
  private static final int END_SIGNATURE = 0x06054b50;

  private static final int END_RECORD = 22;
  private static final int LIST_SIZE = 12;
  private static final int LONGEST_TAIL = END_RECORD + 65_535;
  private static final long MOST_LIST = 2 << 20;

  private final ZipFile zip;
  private final Map<String, byte[]> texts = new LinkedHashMap<>();
  private final Map<String, ZipEntry> bundles = new LinkedHashMap<>();
  private final List<Violation> flaws = new ArrayList<>();
  private long read;

  private CatalogueArchive(ZipFile zip) {
    this.zip = zip;
  }

  /**
   * Opens it and looks at everything in it.
   *
   * @throws ZipException if the file is no zip archive
   */
  static CatalogueArchive open(Path file) throws IOException {
    refuseLongList(file);
    ZipFile zip;
    try {
      zip = new ZipFile(file.toFile());
    } catch (IllegalArgumentException e) { // names that are no text
      throw new ZipException("bad names");
    }
    CatalogueArchive archive = new CatalogueArchive(zip);
    try {
      archive.look();
      return archive;
    } catch (IOException | RuntimeException e) {
      zip.close();
      throw e;
    }
  }

  /**
   * The list of what is in an archive is read into memory whole, before anybody can count it; so
   * its size is read first, from wherever a record of it may be.
   */
  private static void refuseLongList(Path file) throws IOException {
    byte[] tail;
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      long size = in.length();
      tail = new byte[(int) Math.min(size, LONGEST_TAIL)];
      in.seek(size - tail.length);
      in.readFully(tail);
    }
    ByteBuffer bytes = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at + END_RECORD <= tail.length; at++) {
      boolean record = bytes.getInt(at) == END_SIGNATURE;
      if (record && Integer.toUnsignedLong(bytes.getInt(at + LIST_SIZE)) > MOST_LIST) {
        throw new ProblemException(
            ProblemCode.IMPORT_INVALID, "the archive has more than " + MOST_ENTRIES + " entries");
      }
    }
  }

  private void look() throws IOException {
    if (zip.size() > MOST_ENTRIES) {
      flaw("", ProblemCode.TOO_LARGE, "it has more than " + MOST_ENTRIES + " entries");
      return;
    }
    Set<String> seen = new HashSet<>();
    for (ZipEntry entry : zip.stream().map(ZipEntry.class::cast).toList()) {
      String name = entry.getName();
      if (entry.isDirectory()) {
        continue;
      }
      if (FilePaths.flaw(name).isPresent()) {
        flaw(printable(name), "INVALID_PATH", "the path " + FilePaths.flaw(name).get());
      } else if (!seen.add(name.toLowerCase(Locale.ROOT))) {
        flaw(name, "DUPLICATE_FILE", "it is there twice, in other case perhaps");
      } else if (name.startsWith(BUNDLES)) {
        bundle(entry);
      } else {
        text(entry);
      }
    }
  }

  private void text(ZipEntry entry) throws IOException {
    byte[] bytes = bytes(entry, Written.MOST_BYTES);
    if (bytes == null || read + bytes.length > MOST_TEXT) {
      flaw(
          entry.getName(),
          ProblemCode.TOO_LARGE,
          "a definition has at most %d bytes, all together at most %d"
              .formatted(Written.MOST_BYTES, MOST_TEXT));
      return;
    }
    read += bytes.length;
    texts.put(entry.getName(), bytes);
  }

  private void bundle(ZipEntry entry) throws IOException {
    byte[] bytes = bytes(entry, MOST_BUNDLE);
    if (bytes == null) {
      flaw(
          entry.getName(), ProblemCode.TOO_LARGE, "a bundle has at most " + MOST_BUNDLE + " bytes");
      return;
    }
    String hash = Sha256.hex(bytes);
    if (!entry.getName().equals(path("sha256:" + hash))) {
      flaw(entry.getName(), "DIGEST", "its bytes have the hash " + hash);
      return;
    }
    try {
      BundleReader.read(bytes);
      bundles.put("sha256:" + hash, entry);
    } catch (BundleReader.NoBundle e) {
      flaw(entry.getName(), ProblemCode.BUNDLE_INVALID, e.reason());
    }
  }

  /** What an entry really has, whatever its head says; null if that is too much. */
  private byte @Nullable [] bytes(ZipEntry entry, int most) throws IOException {
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] bytes = in.readNBytes(most + 1);
      return bytes.length > most ? null : bytes;
    }
  }

  /** Where a bundle lies. */
  static String path(String digest) {
    return BUNDLES + digest.replace(':', '-') + ".zip";
  }

  private void flaw(String file, ProblemCode code, String message) {
    flaw(file, code.name(), message);
  }

  private void flaw(String file, String keyword, String message) {
    flaws.add(new Violation(file + "#", keyword, message));
  }

  /** Names that are odd may hold anything. */
  private static String printable(String name) {
    String plain = name.replaceAll("[^\\x20-\\x7e]", "?");
    return plain.substring(0, Math.min(plain.length(), FilePaths.MOST_BYTES));
  }

  /** What is wrong with it. */
  List<Violation> flaws() {
    return flaws;
  }

  /** The files that are no bundles, by their paths. */
  Map<String, byte[]> texts() {
    return texts;
  }

  /** The digests of the bundles in it. */
  Set<String> digests() {
    return bundles.keySet();
  }

  /** The bytes of a bundle in it. */
  byte[] bundle(String digest) throws IOException {
    return Objects.requireNonNull(bytes(Objects.requireNonNull(bundles.get(digest)), MOST_BUNDLE));
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
