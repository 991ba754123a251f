package io.taskwright.store.blob;

import io.taskwright.model.Project;
import io.taskwright.store.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The uploaded programs of all projects: the bytes in a folder by their hash, who may use them in
 * the database. A project sees only what it uploaded itself.
 */
public class Bundles {
  private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

  /** The kind of lock that a digest is locked by; of those with two numbers, nobody has others. */
  private static final int LOCKS = 0x62756e64;

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final Path folder;

  /**
   * @param folder where the bytes are; made if it is not there
   */
  public Bundles(JdbcClient jdbc, TransactionTemplate transaction, Path folder) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.folder = folder;
  }

  /**
   * Keeps the bytes. Keeping the same again changes nothing.
   *
   * @return {@code sha256:} and the hash
   */
  public String put(Project project, byte[] bytes, String by) {
    String digest = digest(bytes);
    transaction.executeWithoutResult(status -> {
      lock(digest);
      store(digest, bytes);
      jdbc.sql(
              "insert into bundle (project, digest, size, created_by) values (?, ?, ?, ?)"
                  + " on conflict (project, digest) do update"
                  + " set touched_at = now(), removed_at = null")
          .params(project.name(), digest, bytes.length, by)
          .update();
    });
    return digest;
  }

  /** Keeping and removing the bytes take turns, to the end of the transaction. */
  private void lock(String digest) {
    jdbc.sql("select pg_advisory_xact_lock(?, hashtext(?))")
        .params(LOCKS, digest)
        .query((row, n) -> 1)
        .single();
  }

  private void store(String digest, byte[] bytes) {
    try {
      Path file = file(digest);
      if (!Files.exists(file)) {
        Files.createDirectories(file.getParent());
        Path temporary = Files.createTempFile(file.getParent(), "new", null);
        Files.write(temporary, bytes);
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep a bundle in " + folder, e);
    }
  }

  /**
   * Tells whether the project uploaded it, for somebody who is about to name it: from now on it
   * stays for as long as one that was just uploaded.
   */
  public boolean has(Project project, String digest) {
    return jdbc.sql(
                "update bundle set touched_at = now()"
                    + " where project = ? and digest = ? and removed_at is null")
            .params(project.name(), digest)
            .update()
        > 0;
  }

  private boolean uploaded(Project project, String digest) {
    return jdbc.sql("select 1 from bundle where project = ? and digest = ? and removed_at is null")
        .params(project.name(), digest)
        .query(Integer.class)
        .optional()
        .isPresent();
  }

  /** Removes the bytes of bundles that were let go of, unless another project has them. */
  public void sweep() {
    jdbc.sql("select distinct digest from bundle where removed_at is not null limit 1000")
        .query(String.class)
        .list()
        .forEach(digest -> transaction.executeWithoutResult(status -> remove(digest)));
  }

  /** The rows stay until the bytes are gone: after a crash it is done again. */
  private void remove(String digest) {
    lock(digest);
    jdbc.sql("delete from bundle where digest = ? and removed_at is not null")
        .param(digest)
        .update();
    boolean kept =
        jdbc.sql("select exists (select from bundle where digest = ?)")
            .param(digest)
            .query(Boolean.class)
            .single();
    if (!kept) {
      try {
        Files.deleteIfExists(file(digest));
      } catch (IOException e) {
        throw new UncheckedIOException("cannot remove a bundle from " + folder, e);
      }
    }
  }

  /** The bytes, if the project uploaded them. */
  public Optional<byte[]> get(Project project, String digest) {
    if (!DIGEST.matcher(digest).matches() || !uploaded(project, digest)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Files.readAllBytes(file(digest)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read bundle " + digest, e);
    }
  }

  private Path file(String digest) {
    String hash = digest.substring("sha256:".length());
    return folder.resolve("sha256").resolve(hash.substring(0, 2)).resolve(hash);
  }

  private static String digest(byte[] bytes) {
    return "sha256:" + Sha256.hex(bytes);
  }
}
