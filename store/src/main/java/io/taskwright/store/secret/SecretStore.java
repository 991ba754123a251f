package io.taskwright.store.secret;

import io.taskwright.model.Project;
import io.taskwright.model.secret.SecretName;
import io.taskwright.model.secret.SecretValue;
import io.taskwright.store.secret.ProjectKeys.ProjectKey;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * The secrets of all projects. Values go in, and come out for attempts only; they lie sealed by the
 * project's key under the project's, their own and their version's name.
 */
@Repository
public class SecretStore {
  private static final String LABEL = "taskwright secret";
  private static final Comparator<SecretName> BY_NAME = Comparator.comparing(SecretName::value);
  private static final String INFO =
      "select name, version, description, created_at, created_by, updated_at, updated_by,"
          + " last_used_at from secret where project = ? and deleted_at is null";

  private final JdbcClient jdbc;
  private final ProjectKeys keys;

  SecretStore(JdbcClient jdbc, MasterKeys masters) {
    this.jdbc = jdbc;
    this.keys = new ProjectKeys(jdbc, masters);
  }

  /** The master key is not here: nothing can be sealed. */
  public static final class KeyMissing extends RuntimeException {
    KeyMissing() {
      super("the master key of this installation's secrets is not here", null, false, false);
    }
  }

  private record Row(int version, boolean live) {}

  @SuppressWarnings("ArrayRecordComponent") // bytes on their way, never compared
  private record Kept(SecretName name, int version, UUID key, byte[] sealed) {}

  /**
   * Keeps a value, in the place of the one before if there is one.
   *
   * @param expected the version that is to be replaced, or null for whatever is there
   * @return empty if that is not the version
   * @throws KeyMissing if it cannot be sealed
   */
  @Transactional
  public Optional<SecretInfo> put(
      Project project,
      SecretName name,
      SecretValue value,
      String description,
      @Nullable Integer expected,
      String by) {
    jdbc.sql("select pg_advisory_xact_lock(hashtext(?))")
        .param("secret/" + project + "/" + name)
        .query((row, n) -> n)
        .list();
    Optional<Row> before = row(project, name);
    int live = before.filter(Row::live).map(Row::version).orElse(0);
    if (expected != null && expected != live) {
      return Optional.empty();
    }
    int version = before.map(Row::version).orElse(0) + 1;
    ProjectKey key = keys.current(project).orElseThrow(KeyMissing::new);
    byte[] sealed =
        key.seal()
            .close(value.value().getBytes(StandardCharsets.UTF_8), label(project, name, version));
    jdbc.sql(
            """
            insert into secret (project, name, version, description, project_key, sealed,
              created_at, created_by, updated_at, updated_by)
            values (?, ?, ?, ?, ?, ?, now(), ?, now(), ?)
            on conflict (project, name) do update set version = excluded.version,
              description = excluded.description, project_key = excluded.project_key,
              sealed = excluded.sealed, updated_at = now(), updated_by = excluded.updated_by,
              created_at = case when secret.deleted_at is null
                then secret.created_at else now() end,
              created_by = case when secret.deleted_at is null
                then secret.created_by else excluded.created_by end,
              last_used_at = case when secret.deleted_at is null then secret.last_used_at end,
              deleted_at = null
            """)
        .params(project.name(), name.value(), version, description, key.id(), sealed, by, by)
        .update();
    return find(project, name);
  }

  /** What is known about it, if there is one. */
  public Optional<SecretInfo> find(Project project, SecretName name) {
    return jdbc.sql(INFO + " and name = ?")
        .params(project.name(), name.value())
        .query(SecretStore::info)
        .optional();
  }

  /** All of the project, by name. */
  public List<SecretInfo> all(Project project) {
    return jdbc.sql(INFO + " order by name").param(project.name()).query(SecretStore::info).list();
  }

  /** Takes the value away for good; tells whether there was one. */
  public boolean delete(Project project, SecretName name, String by) {
    return jdbc.sql(
                "update secret set sealed = null, project_key = null, deleted_at = now(),"
                    + " updated_at = now(), updated_by = ?"
                    + " where project = ? and name = ? and deleted_at is null")
            .params(by, project.name(), name.value())
            .update()
        > 0;
  }

  /** The values for an attempt. They are written down as used. */
  public Revealed reveal(Project project, Collection<SecretName> names) {
    Map<SecretName, SecretValue> values = new HashMap<>();
    List<SecretName> unknown = new ArrayList<>();
    List<SecretName> shut = new ArrayList<>();
    for (SecretName name : names.stream().distinct().sorted(BY_NAME).toList()) {
      Optional<Kept> kept = kept(project, name);
      if (kept.isEmpty()) {
        unknown.add(name);
      } else {
        open(project, kept.get())
            .ifPresentOrElse(value -> values.put(name, value), () -> shut.add(name));
      }
    }
    if (!unknown.isEmpty()) {
      return new Revealed.Unknown(unknown);
    }
    if (!shut.isEmpty()) {
      return new Revealed.Shut(shut);
    }
    values.keySet().forEach(name -> used(project, name));
    return new Revealed.Values(values);
  }

  private Optional<SecretValue> open(Project project, Kept kept) {
    return keys.find(project, kept.key())
        .flatMap(key -> key.seal().open(kept.sealed(), label(project, kept.name(), kept.version())))
        .map(clear -> new SecretValue(new String(clear, StandardCharsets.UTF_8)));
  }

  private Optional<Kept> kept(Project project, SecretName name) {
    return jdbc.sql(
            "select version, project_key, sealed from secret"
                + " where project = ? and name = ? and deleted_at is null")
        .params(project.name(), name.value())
        .query((row, n) ->
            new Kept(name, row.getInt(1), row.getObject(2, UUID.class), row.getBytes(3)))
        .optional();
  }

  private void used(Project project, SecretName name) {
    jdbc.sql(
            "update secret set last_used_at = now() where project = ? and name = ?"
                + " and (last_used_at is null or last_used_at < now() - interval '1 minute')")
        .params(project.name(), name.value())
        .update();
  }

  private Optional<Row> row(Project project, SecretName name) {
    return jdbc.sql("select version, deleted_at is null from secret where project = ? and name = ?")
        .params(project.name(), name.value())
        .query((row, n) -> new Row(row.getInt(1), row.getBoolean(2)))
        .optional();
  }

  private static String[] label(Project project, SecretName name, int version) {
    return new String[] {LABEL, project.name(), name.value(), Integer.toString(version)};
  }

  private static SecretInfo info(ResultSet row, int number) throws SQLException {
    OffsetDateTime used = row.getObject(8, OffsetDateTime.class);
    return new SecretInfo(
        new SecretName(row.getString(1)),
        row.getInt(2),
        row.getString(3),
        time(row, 4),
        row.getString(5),
        time(row, 6),
        row.getString(7),
        used == null ? null : used.toInstant());
  }

  private static Instant time(ResultSet row, int column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
