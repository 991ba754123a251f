package io.taskwright.store.secret;

import io.taskwright.model.Project;
import io.taskwright.store.Ids;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A key for each project, sealed by the master key. */
final class ProjectKeys {
  private static final String LABEL = "taskwright project key";

  private final JdbcClient jdbc;
  private final MasterKeys masters;

  ProjectKeys(JdbcClient jdbc, MasterKeys masters) {
    this.jdbc = jdbc;
    this.masters = masters;
  }

  /** A project's key, opened. */
  record ProjectKey(UUID id, Seal seal) {}

  @SuppressWarnings("ArrayRecordComponent") // bytes on their way, never compared
  private record Row(UUID id, String masterKey, byte[] sealed) {}

  /** The key that seals now; made if there is none. Empty if the master key is not here. */
  Optional<ProjectKey> current(Project project) {
    Optional<MasterKey> master = masters.current();
    if (master.isEmpty()) {
      return Optional.empty();
    }
    Optional<Row> row = row("project = ? and retired_at is null", project.name());
    if (row.isEmpty()) {
      make(project, master.get());
      row = row("project = ? and retired_at is null", project.name());
    }
    return row.flatMap(found -> open(project, found));
  }

  /** The key with that id. Empty if it does not open here. */
  Optional<ProjectKey> find(Project project, UUID id) {
    return row("id = ?", id).flatMap(row -> open(project, row));
  }

  private void make(Project project, MasterKey master) {
    UUID id = Ids.next();
    byte[] sealed =
        master.seal().close(Seal.freshKey(), LABEL, project.name(), id.toString(), master.id());
    jdbc.sql(
            "insert into project_key (id, project, master_key, sealed) values (?, ?, ?, ?)"
                + " on conflict do nothing") // another server was first
        .params(id, project.name(), master.id(), sealed)
        .update();
  }

  private Optional<Row> row(String condition, Object value) {
    return jdbc.sql("select id, master_key, sealed from project_key where " + condition)
        .param(value)
        .query((row, n) -> new Row(row.getObject(1, UUID.class), row.getString(2), row.getBytes(3)))
        .optional();
  }

  private Optional<ProjectKey> open(Project project, Row row) {
    return masters
        .find(row.masterKey())
        .flatMap(master ->
            master
                .seal()
                .open(row.sealed(), LABEL, project.name(), row.id().toString(), master.id()))
        .map(key -> new ProjectKey(row.id(), new Seal(key)));
  }
}
