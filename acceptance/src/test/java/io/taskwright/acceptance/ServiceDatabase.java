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
  private ServiceDatabase() {}

  /** A connection with the service's own rights. */
  static Connection open(Installation service) throws IOException, SQLException {
    Properties settings = new Properties();
    try (Reader reader = Files.newBufferedReader(service.data().resolve("run/server.properties"))) {
      settings.load(reader);
    }
    String database = "taskwright.database.";
    return DriverManager.getConnection(
        settings.getProperty(database + "url"),
        settings.getProperty(database + "user"),
        settings.getProperty(database + "password"));
  }
}
