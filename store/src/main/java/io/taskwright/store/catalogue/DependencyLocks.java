package io.taskwright.store.catalogue;

import io.taskwright.model.TaskId;
import io.taskwright.store.Sha256;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * What the packages of each task version are, by their hashes. The first answer stays; a new
 * version of the task with the same list takes over what the one before had.
 */
@Repository
public class DependencyLocks {
  private final JdbcClient jdbc;

  DependencyLocks(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * The lock of a version.
   *
   * @param wanted the packages as the version's author wrote them
   */
  @Transactional
  public Optional<String> find(TaskId task, int version, String platform, List<String> wanted) {
    Optional<String> own = own(task, version, platform);
    if (own.isPresent()) {
      return own;
    }
    return jdbc.sql(
            """
            select lock from dependency_lock where task_id = ? and platform = ? and wanted = ?
            order by version desc limit 1
            """)
        .params(task.value(), platform, hash(wanted))
        .query(String.class)
        .optional()
        .map(lock -> keep(task, version, platform, wanted, lock));
  }

  /**
   * Keeps the lock of a version, unless it has one.
   *
   * @return the one that it has now
   */
  @Transactional
  public String keep(TaskId task, int version, String platform, List<String> wanted, String lock) {
    jdbc.sql(
            """
            insert into dependency_lock (task_id, version, platform, wanted, lock)
            values (?, ?, ?, ?, ?) on conflict do nothing
            """)
        .params(task.value(), version, platform, hash(wanted), lock)
        .update();
    return own(task, version, platform).orElseThrow();
  }

  private Optional<String> own(TaskId task, int version, String platform) {
    return jdbc.sql(
            "select lock from dependency_lock where task_id = ? and version = ? and platform = ?")
        .params(task.value(), version, platform)
        .query(String.class)
        .optional();
  }

  private static byte[] hash(List<String> wanted) {
    return Sha256.of(String.join("\n", wanted));
  }
}
