package io.taskwright.app.postgres;

import io.taskwright.app.data.Passwords;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.Set;

/**
 * The databases, and the roles that own them. No role but the superuser can reach a database that
 * is not its own.
 *
 * @param port where PostgreSQL listens on this machine
 * @param passwords of the roles
 */
public record PostgresDatabases(int port, Passwords passwords) {
  public static final String SUPERUSER = "postgres";

  /** The role and the database of Taskwright's own tables. */
  public static final String TASKWRIGHT = "taskwright";

  /** The role of Temporal and its main database. */
  public static final String TEMPORAL = "temporal";

  public static final String TEMPORAL_VISIBILITY = "temporal_visibility";

  private static final String UNFINISHED = "unfinished";

  private static final Set<String> REFUSED_WHILE_STARTING = Set.of("08001", "08006", "57P03");

  /** Where a database is, for JDBC. */
  public String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  /** A connection as the role that owns the database. */
  public Connection connect(String database, String role) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", role);
    properties.setProperty("password", passwords.of(role));
    properties.setProperty("connectTimeout", "2");
    properties.setProperty("socketTimeout", "60");
    return DriverManager.getConnection(url(database), properties);
  }

  /**
   * Makes the roles that are missing, and Taskwright's own database; Temporal's come with their
   * tables. Says false while PostgreSQL does not take connections yet.
   */
  boolean make() throws SQLException {
    try (Connection connection = connect(SUPERUSER, SUPERUSER)) {
      for (String role : List.of(TASKWRIGHT, TEMPORAL)) {
        if (!exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?", role)) {
          // A role's password cannot be a parameter; ours are hexadecimal digits.
          run(connection, "CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(role, passwords.of(role)));
        }
      }
      if (!has(connection, TASKWRIGHT)) {
        run(connection, "CREATE DATABASE %s OWNER %1$s".formatted(TASKWRIGHT));
      }
      keepPrivate(connection, TASKWRIGHT);
      return true;
    } catch (SQLException e) {
      if (REFUSED_WHILE_STARTING.contains(e.getSQLState())) {
        return false;
      }
      throw e;
    }
  }

  /** Whether there is a finished database of this name. */
  public boolean has(String database) throws SQLException {
    try (Connection connection = connect(SUPERUSER, SUPERUSER)) {
      return has(connection, database) && !unfinished(connection, database);
    }
  }

  /**
   * Makes an empty database that counts as unfinished; an unfinished one of this name is thrown
   * away. Only a database that carries the mark from its first moment is ever thrown away.
   */
  public void begin(String database, String owner) throws SQLException {
    String nameless = database + "_new";
    try (Connection connection = connect(SUPERUSER, SUPERUSER)) {
      run(connection, "DROP DATABASE IF EXISTS %s WITH (FORCE)".formatted(nameless));
      if (unfinished(connection, database)) {
        run(connection, "DROP DATABASE %s WITH (FORCE)".formatted(database));
      }
      run(connection, "CREATE DATABASE %s OWNER %s".formatted(nameless, owner));
      keepPrivate(connection, nameless);
      run(connection, "COMMENT ON DATABASE %s IS '%s'".formatted(nameless, UNFINISHED));
      run(connection, "ALTER DATABASE %s RENAME TO %s".formatted(nameless, database));
    }
  }

  /** From now on the database is never thrown away. */
  public void finish(String database) throws SQLException {
    try (Connection connection = connect(SUPERUSER, SUPERUSER)) {
      run(connection, "COMMENT ON DATABASE %s IS NULL".formatted(database));
    }
  }

  private static boolean unfinished(Connection connection, String database) throws SQLException {
    return exists(
        connection,
        "SELECT 1 FROM pg_database WHERE shobj_description(oid, 'pg_database') = '"
            + UNFINISHED
            + "' AND datname = ?",
        database);
  }

  private static boolean has(Connection connection, String database) throws SQLException {
    return exists(connection, "SELECT 1 FROM pg_database WHERE datname = ?", database);
  }

  private static void keepPrivate(Connection connection, String database) throws SQLException {
    run(connection, "REVOKE ALL ON DATABASE %s FROM PUBLIC".formatted(database));
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static boolean exists(Connection connection, String query, String name)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, name);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next();
      }
    }
  }
}
