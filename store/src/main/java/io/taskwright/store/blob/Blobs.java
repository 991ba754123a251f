package io.taskwright.store.blob;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps bytes as long as something refers to them. Whoever wants to refer to bytes touches them
 * first and once more in the transaction that makes the reference; removing takes the same row, so
 * that bytes never go away under somebody who has just found them.
 */
public class Blobs {
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final Duration SPOOLED_AT_MOST = Duration.ofDays(1);
  private static final int TRIES = 5;

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final BlobStore store;
  private final Path spool;

  /**
   * @param spool a folder of this host for bytes on their way in; made if it is not there
   */
  public Blobs(JdbcClient jdbc, TransactionTemplate transaction, BlobStore store, Path spool) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.store = store;
    this.spool = spool;
  }

  /** Tells whether the text has the form of a hash. */
  public static boolean isSha256(String text) {
    return SHA256.matcher(text).matches();
  }

  /**
   * Takes bytes in, without keeping them yet.
   *
   * @throws Spooled.TooMuchException if there are more than so many
   */
  public Spooled receive(InputStream in, long most) throws IOException {
    return Spooled.of(in, most, spool);
  }

  /**
   * Keeps the bytes together with what refers to them.
   *
   * @param reference done in a transaction; makes the reference, or decides against it
   */
  public <T> T keep(Spooled bytes, Supplier<T> reference) throws IOException {
    for (int i = 0; i < TRIES; i++) {
      touch(bytes);
      store.put(bytes.sha256(), bytes.file());
      Optional<T> made =
          Optional.ofNullable(
              transaction.execute(status -> stillThere(bytes) ? reference.get() : null));
      if (made.isPresent()) {
        return made.get();
      }
    }
    throw new IOException("the bytes are removed again and again while they are kept");
  }

  private void touch(Spooled bytes) {
    jdbc.sql(
            "insert into blob (sha256, size) values (?, ?)"
                + " on conflict (sha256) do update set touched_at = now()")
        .params(bytes.sha256(), bytes.size())
        .update();
  }

  private boolean stillThere(Spooled bytes) {
    return jdbc.sql("update blob set touched_at = now() where sha256 = ?")
            .param(bytes.sha256())
            .update()
        > 0;
  }

  /**
   * Opens bytes.
   *
   * @param from how many to leave out
   */
  public Optional<InputStream> open(String sha256, long from) {
    try {
      return store.open(sha256, from);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the blob " + sha256, e);
    }
  }

  /**
   * Removes bytes that nothing refers to, and what broken uploads left on this host.
   *
   * @param grace how long ago they must have been touched last
   * @return how many were removed
   */
  public int sweep(Duration grace, int most) {
    sweepSpool();
    int removed = 0;
    while (removed < most && Boolean.TRUE.equals(transaction.execute(status -> removeOne(grace)))) {
      removed++;
    }
    return removed;
  }

  private boolean removeOne(Duration grace) {
    Optional<String> found =
        jdbc.sql(
                """
                delete from blob where sha256 = (
                  select b.sha256 from blob b
                  where b.touched_at < now() - make_interval(secs => ?)
                    and not exists (
                      select from artifact a where a.sha256 = b.sha256 and a.removed_at is null)
                    and not exists (select from input_file f where f.sha256 = b.sha256)
                  order by b.touched_at limit 1 for update skip locked)
                returning sha256
                """)
            .param(grace.toSeconds())
            .query(String.class)
            .optional();
    found.ifPresent(sha256 -> {
      try {
        store.delete(sha256); // before the commit: after it somebody may keep the same bytes anew
      } catch (IOException e) {
        throw new UncheckedIOException("cannot remove the blob " + sha256, e);
      }
    });
    return found.isPresent();
  }

  private void sweepSpool() {
    if (!Files.isDirectory(spool)) {
      return;
    }
    Instant oldest = Instant.now().minus(SPOOLED_AT_MOST);
    try (Stream<Path> files = Files.list(spool)) {
      for (Path file : files.toList()) {
        if (Files.exists(file) && Files.getLastModifiedTime(file).toInstant().isBefore(oldest)) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot tidy " + spool, e);
    }
  }
}
