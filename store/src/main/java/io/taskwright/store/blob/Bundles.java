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

/**
 * The uploaded programs of all projects: the bytes in a folder by their hash, who may use them in
 * the database. A project sees only what it uploaded itself.
 */
public class Bundles {
  private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

  private final JdbcClient jdbc;
  private final Path folder;

  /**
   * @param folder where the bytes are; made if it is not there
   */
  public Bundles(JdbcClient jdbc, Path folder) {
    this.jdbc = jdbc;
    this.folder = folder;
  }

  /**
   * Keeps the bytes. Keeping the same again changes nothing.
   *
   * @return {@code sha256:} and the hash
   */
  public String put(Project project, byte[] bytes, String by) {
    String digest = digest(bytes);
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
    jdbc.sql(
            "insert into bundle (project, digest, size, created_by) values (?, ?, ?, ?)"
                + " on conflict do nothing")
        .params(project.name(), digest, bytes.length, by)
        .update();
    return digest;
  }

  /** Tells whether the project uploaded it. */
  public boolean has(Project project, String digest) {
    return jdbc.sql("select 1 from bundle where project = ? and digest = ?")
        .params(project.name(), digest)
        .query(Integer.class)
        .optional()
        .isPresent();
  }

  /** The bytes, if the project uploaded them. */
  public Optional<byte[]> get(Project project, String digest) {
    if (!DIGEST.matcher(digest).matches() || !has(project, digest)) {
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
