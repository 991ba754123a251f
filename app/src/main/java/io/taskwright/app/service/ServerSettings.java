package io.taskwright.app.service;

import io.taskwright.app.data.DataFolder;
import io.taskwright.app.data.OwnerOnlyFile;
import io.taskwright.app.data.Passwords;
import io.taskwright.app.data.PortName;
import io.taskwright.app.data.Ports;
import io.taskwright.app.postgres.PostgresDatabases;
import io.taskwright.app.temporal.TemporalNamespace;
import io.taskwright.app.temporal.TemporalParts;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.util.Properties;

/**
 * What the server and the executor are told about the other parts, as Spring properties.
 *
 * @param data the data folder
 * @param ports of the instance
 * @param api where the API is
 * @param databases of PostgreSQL
 * @param temporal where it is
 * @param split whether the executor is a process of its own
 */
record ServerSettings(
    DataFolder data,
    Ports ports,
    URI api,
    PostgresDatabases databases,
    TemporalParts temporal,
    boolean split) {
  /** Whoever says {@code down} does not want to wait for long. */
  private static final String DRAIN = "PT15S";

  void writeServer() throws IOException {
    Properties properties = common(api.getPort());
    String role = PostgresDatabases.TASKWRIGHT;
    properties.setProperty("taskwright.roles", split ? "api,core" : "api,core,executor");
    properties.setProperty("taskwright.database.url", databases.url(PostgresDatabases.TASKWRIGHT));
    properties.setProperty("taskwright.database.user", role);
    properties.setProperty("taskwright.database.password", Passwords.of(data).of(role));
    write("server.properties", properties);
  }

  /** An executor needs Temporal and the API, and no database. */
  void writeExecutor() throws IOException {
    Properties properties = common(ports.number(PortName.EXECUTOR));
    properties.setProperty("taskwright.roles", "executor");
    properties.setProperty("taskwright.api.url", api.toString());
    properties.setProperty("taskwright.executor.drain", DRAIN);
    write("executor.properties", properties);
  }

  private Properties common(int port) {
    Properties properties = new Properties();
    properties.setProperty("server.address", "127.0.0.1");
    properties.setProperty("server.port", Integer.toString(port));
    properties.setProperty("taskwright.data", data.toString());
    properties.setProperty("taskwright.temporal.address", temporal.address().toString());
    properties.setProperty("taskwright.temporal.namespace", TemporalNamespace.NAME);
    temporal
        .ui()
        .ifPresent(ui -> properties.setProperty("taskwright.temporal.ui-url", ui.toString()));
    return properties;
  }

  private void write(String name, Properties properties) throws IOException {
    StringWriter text = new StringWriter();
    properties.store(text, null);
    OwnerOnlyFile.write(data.run().resolve(name), text.toString());
  }
}
