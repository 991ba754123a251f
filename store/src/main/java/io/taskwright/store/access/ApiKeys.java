package io.taskwright.store.access;

import io.taskwright.model.Project;
import io.taskwright.store.Ids;
import io.taskwright.store.Secrets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The API keys of all projects. A secret is shown once, when its key is made. */
@Repository
public class ApiKeys {
  private static final String PREFIX = "tw_";
  private static final String COLUMNS =
      "select id, project, name, role, created_at, created_by, revoked_at from api_key";

  private final JdbcClient jdbc;

  ApiKeys(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** A new key with its secret, which is kept nowhere. */
  public record Issued(ApiKey key, String secret) {}

  /** Makes a key, or nothing if the project has a live one of that name. */
  @Transactional
  public Optional<Issued> issue(Project project, String name, Role role, String by) {
    String secret = PREFIX + Secrets.random();
    UUID id = Ids.next();
    try {
      jdbc.sql(
              "insert into api_key (id, project, name, role, hash, created_by) values (?, ?, ?, ?,"
                  + " ?, ?)")
          .params(id, project.name(), name, role.name(), Secrets.hash(secret), by)
          .update();
    } catch (DuplicateKeyException e) {
      return Optional.empty();
    }
    return find(project, id).map(key -> new Issued(key, secret));
  }

  /** The live key with that secret. */
  public Optional<ApiKey> authenticate(String secret) {
    return jdbc.sql(COLUMNS + " where hash = ? and revoked_at is null")
        .param(Secrets.hash(secret))
        .query(ApiKeys::key)
        .optional();
  }

  /** The key with that id, revoked or not. */
  public Optional<ApiKey> find(Project project, UUID id) {
    return jdbc.sql(COLUMNS + " where project = ? and id = ?")
        .params(project.name(), id)
        .query(ApiKeys::key)
        .optional();
  }

  /** All keys of the project, the newest first. */
  public List<ApiKey> all(Project project) {
    return jdbc.sql(COLUMNS + " where project = ? order by id desc")
        .param(project.name())
        .query(ApiKeys::key)
        .list();
  }

  /** Ends a key; tells whether there was a live one. */
  public boolean revoke(Project project, UUID id) {
    return jdbc.sql(
                "update api_key set revoked_at = now()"
                    + " where project = ? and id = ? and revoked_at is null")
            .params(project.name(), id)
            .update()
        > 0;
  }

  /** Tells whether this is the first time in the life of the installation; never true twice. */
  public boolean firstTime(String what) {
    return jdbc.sql("insert into latch (name) values (?) on conflict do nothing")
            .param(what)
            .update()
        > 0;
  }

  /** Ends the live key of that name, if there is one. */
  public void revoke(Project project, String name) {
    jdbc.sql(
            "update api_key set revoked_at = now()"
                + " where project = ? and name = ? and revoked_at is null")
        .params(project.name(), name)
        .update();
  }

  /** Adds a project; tells whether it is new. */
  public boolean addProject(Project project) {
    return jdbc.sql("insert into project (name) values (?) on conflict do nothing")
            .param(project.name())
            .update()
        > 0;
  }

  /** All projects by name. */
  public List<Project> projects() {
    return jdbc.sql("select name from project order by name")
        .query((row, n) -> new Project(row.getString(1)))
        .list();
  }

  private static ApiKey key(ResultSet row, int number) throws SQLException {
    OffsetDateTime revoked = row.getObject("revoked_at", OffsetDateTime.class);
    return new ApiKey(
        row.getObject("id", UUID.class),
        new Project(row.getString("project")),
        row.getString("name"),
        Role.valueOf(row.getString("role")),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getString("created_by"),
        revoked == null ? null : revoked.toInstant());
  }
}
