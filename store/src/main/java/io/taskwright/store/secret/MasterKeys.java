package io.taskwright.store.secret;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The master keys that this server has. The first one seals; all of them open. Until they are there
 * no secret can be kept or used.
 */
@Component
public class MasterKeys {
  private static final String CHECK = "taskwright master key check";
  private static final byte[] KNOWN = CHECK.getBytes(StandardCharsets.UTF_8);

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private volatile List<MasterKey> keys = List.of();

  MasterKeys(JdbcClient jdbc, TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.transaction = transaction;
  }

  @SuppressWarnings("ArrayRecordComponent") // bytes on their way, never compared
  private record Known(String id, byte[] sealed) {}

  /** The ids of the keys that secrets may be sealed by; empty in a fresh installation. */
  public List<String> known() {
    return rows().stream().map(Known::id).toList();
  }

  /**
   * Gives this server its keys, if they are those of the installation. The first server of an
   * installation says which those are. A new key may be put before one that is known.
   *
   * @return whether they are
   */
  public boolean use(List<MasterKey> given) {
    if (given.isEmpty()) {
      throw new IllegalArgumentException("at least one master key is needed");
    }
    boolean good = Boolean.TRUE.equals(transaction.execute(status -> agree(given)));
    if (good) {
      keys = List.copyOf(given);
    }
    return good;
  }

  private boolean agree(List<MasterKey> given) {
    jdbc.sql("lock table master_key in share row exclusive mode").update(); // one server at a time
    List<Known> rows = rows();
    if (!rows.isEmpty() && rows.stream().noneMatch(row -> opens(given, row))) {
      return false;
    }
    MasterKey first = given.getFirst();
    jdbc.sql("insert into master_key (id, sealed) values (?, ?) on conflict do nothing")
        .params(first.id(), first.seal().close(KNOWN, CHECK, first.id()))
        .update();
    return true;
  }

  private static boolean opens(List<MasterKey> keys, Known row) {
    return keys.stream()
        .filter(key -> key.id().equals(row.id()))
        .anyMatch(key -> key.seal().open(row.sealed(), CHECK, key.id()).isPresent());
  }

  private List<Known> rows() {
    return jdbc.sql("select id, sealed from master_key order by created_at, id")
        .query((row, n) -> new Known(row.getString(1), row.getBytes(2)))
        .list();
  }

  /** The one that seals. */
  Optional<MasterKey> current() {
    return keys.stream().findFirst();
  }

  Optional<MasterKey> find(String id) {
    return keys.stream().filter(key -> key.id().equals(id)).findFirst();
  }
}
