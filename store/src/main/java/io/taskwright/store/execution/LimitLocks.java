package io.taskwright.store.execution;

import java.util.Collection;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Makes those who count for a limit go one after another, in all processes. What is read after the
 * lock was taken, by another statement, is what the one before has committed.
 */
@Component
class LimitLocks {
  private final JdbcClient jdbc;

  LimitLocks(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Locks the limits until the transaction ends; all in the same order, so that none waits for
   * ever.
   */
  void take(Collection<UUID> limits) {
    if (!limits.isEmpty()) {
      jdbc.sql("select pg_advisory_xact_lock(k) from unnest(cast(:keys as bigint[])) as k")
          .param(
              "keys",
              limits.stream()
                  .map(UUID::getMostSignificantBits)
                  .distinct()
                  .sorted()
                  .toArray(Long[]::new))
          .query((row, n) -> 1)
          .list();
    }
  }
}
