package io.taskwright.store.retention;

import io.taskwright.model.Project;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Removes what ended longer ago than its project keeps it, in steps that are short. What goes on is
 * never touched. The bytes of files go later, once no row refers to them.
 */
@Repository
public class Purge {
  /** The lock of whoever removes; any number that nobody else takes. */
  private static final long ALONE = 0x7461736b70757267L;

  private final JdbcClient jdbc;
  private final JdbcOperations connections;
  private final TransactionTemplate transaction;

  Purge(JdbcClient jdbc, JdbcOperations connections, TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.connections = connections;
    this.transaction = transaction;
  }

  /** Begins a time of removing. */
  public Pass begin(Project project, Keep keep) {
    return new Pass(jdbc, transaction, project, keep);
  }

  /**
   * Does this unless somebody else just does the same in any process, and keeps others from it
   * meanwhile.
   *
   * @return whether it was done
   */
  public boolean alone(Runnable removing) {
    return Boolean.TRUE.equals(
        connections.execute((Connection connection) -> {
          if (!ask(connection, "select pg_try_advisory_lock(?)")) {
            return false;
          }
          try {
            removing.run();
          } finally {
            ask(connection, "select pg_advisory_unlock(?)");
          }
          return true;
        }));
  }

  private static boolean ask(Connection connection, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, ALONE);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  /**
   * Drops the partition of one day that holds no events any more; not where it would have to wait.
   *
   * @return whether one was dropped
   */
  public boolean dropEmptyDay(Instant before) {
    try {
      return jdbc.sql("select drop_empty_event_day(?)")
          .param(LocalDate.ofInstant(before, ZoneOffset.UTC))
          .query((row, n) -> row.getString(1) != null)
          .single();
    } catch (CannotAcquireLockException e) {
      return false; // somebody writes; it comes again
    }
  }
}
