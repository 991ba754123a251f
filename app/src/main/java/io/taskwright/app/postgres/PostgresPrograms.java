package io.taskwright.app.postgres;

import io.taskwright.app.machine.Cache;
import io.taskwright.app.machine.Obstacle;
import io.taskwright.app.machine.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL's own programs, unpacked once from a jar on the class path.
 *
 * @param folder holds {@code bin}, {@code lib} and {@code share}
 * @param version such as 17.6.0
 */
public record PostgresPrograms(Path folder, String version) {
  private static final Set<PosixFilePermission> EVERYONE_RUNS =
      EnumSet.of(
          PosixFilePermission.OWNER_EXECUTE,
          PosixFilePermission.GROUP_EXECUTE,
          PosixFilePermission.OTHERS_EXECUTE);

  /** The programs of this version, unpacked when they are not in the cache. */
  public static PostgresPrograms get(Cache cache, String version, Progress progress) {
    Path folder =
        cache.get(
            "postgres-" + version,
            unfinished -> {
              progress.say("Unpacking PostgreSQL " + version);
              unpack(unfinished);
            });
    return new PostgresPrograms(folder, version);
  }

  /** The major version, which decides whether a data folder can be read. */
  public int major() {
    return Integer.parseInt(version.substring(0, version.indexOf('.')));
  }

  /** The path of a program. */
  Path program(String name) {
    return folder.resolve("bin").resolve(name);
  }

  private static void unpack(Path folder) throws IOException {
    String archive = archive(System.getProperty("os.arch"));
    try (InputStream packed = PostgresPrograms.class.getResourceAsStream("/" + archive)) {
      if (packed == null) {
        throw new Obstacle(
            "This distribution has no PostgreSQL for %s. Build it on a machine of that kind: ./taskwright in a checkout does."
                .formatted(System.getProperty("os.arch")));
      }
      TarArchiveInputStream files = new TarArchiveInputStream(new XZCompressorInputStream(packed));
      for (TarArchiveEntry entry = files.getNextEntry();
          entry != null;
          entry = files.getNextEntry()) {
        unpack(files, entry, folder);
      }
    }
  }

  private static String archive(@Nullable String machine) {
    return "aarch64".equals(machine) ? "postgres-linux-arm_64.txz" : "postgres-linux-x86_64.txz";
  }

  private static void unpack(InputStream content, TarArchiveEntry entry, Path folder)
      throws IOException {
    Path target = folder.resolve(entry.getName()).normalize();
    if (!target.startsWith(folder)) {
      throw new IOException("the archive names a file outside: " + entry.getName());
    }
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      return;
    }
    Files.createDirectories(target.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
      return;
    }
    Files.copy(content, target);
    if ((entry.getMode() & 0100) != 0) {
      Set<PosixFilePermission> mode = EnumSet.copyOf(PosixFilePermissions.fromString("rw-r--r--"));
      mode.addAll(EVERYONE_RUNS);
      Files.setPosixFilePermissions(target, mode);
    }
  }
}
