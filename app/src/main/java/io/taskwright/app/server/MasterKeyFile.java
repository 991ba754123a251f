package io.taskwright.app.server;

import io.taskwright.app.data.OwnerOnlyFile;
import io.taskwright.store.secret.MasterKey;
import io.taskwright.store.secret.MasterKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The file with the master key of the installation's secrets. It is made once, by the first server;
 * every other server needs the same. One key a line: the first one seals, the others open what was
 * sealed before; lines with {@code #} are remarks.
 */
final class MasterKeyFile {
  private static final Set<PosixFilePermission> OTHERS =
      Set.of(PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);

  private final MasterKeys keys;
  private final Path file;

  MasterKeyFile(MasterKeys keys, Path file) {
    this.keys = keys;
    this.file = file;
  }

  /**
   * Reads the key, after making it in a fresh installation.
   *
   * @throws IllegalStateException if it is not the installation's; the server must not start
   */
  void ensure() {
    List<String> known = keys.known();
    if (!Files.exists(file)) {
      if (!known.isEmpty()) {
        throw new IllegalStateException(
            "the master key of the secrets is not in %s: put the file of the first server there, or of a back-up (it holds the key with the id %s), or name it by taskwright.secrets.key-file"
                .formatted(file, String.join(" or ", known)));
      }
      make();
    }
    if (!keys.use(read())) {
      throw new IllegalStateException(
          "%s holds another master key than the one that the secrets are sealed by (id %s): all servers of an installation must have the same file, see taskwright.secrets.key-file"
              .formatted(file, String.join(" or ", keys.known())));
    }
  }

  private void make() {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      OwnerOnlyFile.create(file, MasterKey.fresh() + "\n");
    } catch (FileAlreadyExistsException e) {
      // another server that shares the file was first
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write a master key to " + file, e);
    }
  }

  private List<MasterKey> read() {
    try (Stream<String> lines = Files.lines(file, StandardCharsets.US_ASCII)) {
      refuseOthers();
      List<MasterKey> read =
          lines
              .map(String::strip)
              .filter(line -> !line.isEmpty() && !line.startsWith("#"))
              .map(MasterKey::parse)
              .toList();
      if (read.isEmpty()) {
        throw new IllegalStateException(file + " holds no master key");
      }
      return read;
    } catch (NoSuchFileException e) {
      throw new IllegalStateException(file + " was there and is gone", e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the master key in " + file, e);
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(file + ": " + e.getMessage(), e);
    }
  }

  /** A key that everybody on the host reads keeps nothing secret. */
  private void refuseOthers() throws IOException {
    if (Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains)) {
      throw new IllegalStateException(
          "%s can be read by everybody on this host: take that away (chmod 600)".formatted(file));
    }
  }
}
