package io.taskwright.app.temporal;

import io.taskwright.app.data.DataFolder;
import io.taskwright.app.data.OwnerOnlyFile;
import io.taskwright.app.data.Passwords;
import io.taskwright.app.data.PortName;
import io.taskwright.app.data.Ports;
import io.taskwright.app.data.Template;
import io.taskwright.app.postgres.PostgresDatabases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The settings files of Temporal's programs, written from templates at each start.
 *
 * @param data the data folder
 * @param ports of the instance
 */
record TemporalSettings(DataFolder data, Ports ports) {
  Path serverFile() {
    return data.temporal().resolve("server.yaml");
  }

  /** Where the SQL tool finds its password, so that it stands in no command line. */
  Path passwordFile() {
    return data.temporal().resolve("pgpass");
  }

  /** How the server is told where its settings are. */
  List<String> serverArguments() {
    return List.of("--config-file", serverFile().toString(), "--allow-no-auth", "start");
  }

  /** How the Web UI is told where its settings are. */
  List<String> uiArguments() {
    return List.of("--root", data.temporal().toString(), "--config", "ui", "start");
  }

  /** The arguments of Temporal's own command line for a server with the same settings. */
  List<String> devServerArguments() {
    return List.of(
        "server",
        "start-dev",
        "--db-filename",
        data.temporal().resolve("start-dev.db").toString(),
        "--ip",
        "127.0.0.1",
        "--port",
        Integer.toString(ports.number(PortName.TEMPORAL)),
        "--ui-port",
        Integer.toString(ports.number(PortName.TEMPORAL_UI)),
        "--metrics-port",
        Integer.toString(ports.number(PortName.TEMPORAL_METRICS)),
        "--dynamic-config-value",
        "history.transferProcessorMaxPollRPS=1000",
        "--dynamic-config-value",
        "history.timerProcessorMaxPollRPS=1000",
        "--dynamic-config-value",
        "history.visibilityProcessorMaxPollRPS=1000",
        "--dynamic-config-value",
        "system.enableActivityEagerExecution=true",
        "--log-level",
        "warn");
  }

  /** Writes what the server and the SQL tool read. */
  void write() throws IOException {
    String password = Passwords.of(data).of(PostgresDatabases.TEMPORAL);
    OwnerOnlyFile.write(dynamicConfigFile(), template("dynamic-config.yaml").text());
    OwnerOnlyFile.write(
        passwordFile(),
        "127.0.0.1:%d:*:%s:%s\n"
            .formatted(ports.number(PortName.POSTGRES), PostgresDatabases.TEMPORAL, password));
    OwnerOnlyFile.write(serverFile(), server(password));
  }

  /** Writes what the Web UI reads. */
  void writeUi() throws IOException {
    Path folder = Files.createDirectories(data.temporal().resolve("ui"));
    OwnerOnlyFile.write(folder.resolve("base.yaml"), ui());
  }

  String server(String password) {
    return template("server.yaml")
        .fill(
            Map.ofEntries(
                Map.entry("databaseAddress", address(PortName.POSTGRES)),
                Map.entry("databasePassword", quoted(password)),
                Map.entry("metricsAddress", address(PortName.TEMPORAL_METRICS)),
                Map.entry("frontendAddress", address(PortName.TEMPORAL)),
                Map.entry("dynamicConfig", quoted(dynamicConfigFile().toString())),
                port("frontend", PortName.TEMPORAL),
                port("frontendMembership", PortName.TEMPORAL_MEMBERSHIP),
                port("history", PortName.TEMPORAL_HISTORY),
                port("historyMembership", PortName.TEMPORAL_HISTORY_MEMBERSHIP),
                port("matching", PortName.TEMPORAL_MATCHING),
                port("matchingMembership", PortName.TEMPORAL_MATCHING_MEMBERSHIP),
                port("worker", PortName.TEMPORAL_WORKER),
                port("workerMembership", PortName.TEMPORAL_WORKER_MEMBERSHIP)));
  }

  String ui() {
    return template("ui.yaml")
        .fill(
            Map.of(
                "frontendAddress", address(PortName.TEMPORAL),
                "ui", Integer.toString(ports.number(PortName.TEMPORAL_UI)),
                "namespace", quoted(TemporalNamespace.NAME),
                "origin", quoted("http://" + ports.address(PortName.TEMPORAL_UI))));
  }

  private Path dynamicConfigFile() {
    return data.temporal().resolve("dynamic-config.yaml");
  }

  private String address(PortName name) {
    return quoted(ports.address(name).toString());
  }

  private Map.Entry<String, String> port(String hole, PortName name) {
    return Map.entry(hole, Integer.toString(ports.number(name)));
  }

  private static Template template(String name) {
    return Template.beside(TemporalSettings.class, "templates/" + name);
  }

  /** A YAML string in double quotes. */
  static String quoted(String value) {
    return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
