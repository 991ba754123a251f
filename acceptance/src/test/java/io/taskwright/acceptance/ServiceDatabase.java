package io.taskwright.acceptance;

import io.taskwright.testkit.Installation;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** The database under a service, for what no route can do. */
final class ServiceDatabase {
  private static final String DATABASE = "taskwright.database.";

  private ServiceDatabase() {}

  /** A connection with the service's own rights. */
  static Connection open(Installation service) throws IOException, SQLException {
    Properties settings = settings(service);
    return DriverManager.getConnection(
        settings.getProperty(DATABASE + "url"),
        settings.getProperty(DATABASE + "user"),
        settings.getProperty(DATABASE + "password"));
  }

  /** A connection that may do what the service itself may not. */
  static Connection openAsOwner(Installation service) throws IOException, SQLException {
    return openAsOwner(service, "taskwright");
  }

  /** The same to a database beside the service's own. */
  static Connection openAsOwner(Installation service, String name)
      throws IOException, SQLException {
    String password = Files.readString(service.data().resolve("keys/postgres.password")).strip();
    return DriverManager.getConnection(url(service, name), "postgres", password);
  }

  /** Where a database beside the service's own is, by its name. */
  private static String url(Installation service, String name) throws IOException {
    return settings(service).getProperty(DATABASE + "url").replaceFirst("/[^/]*$", "/" + name);
  }

  private static Properties settings(Installation service) throws IOException {
    Properties settings = new Properties();
    try (Reader reader = Files.newBufferedReader(service.data().resolve("run/server.properties"))) {
      settings.load(reader);
    }
    return settings;
  }
}
