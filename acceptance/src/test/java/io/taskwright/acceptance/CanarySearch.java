package io.taskwright.acceptance;

import static org.awaitility.Awaitility.await;

import io.taskwright.testkit.Installation;
import io.taskwright.testkit.Rest;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.postgresql.PGConnection;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Looks for a secret in everything that an installation leaves behind. */
final class CanarySearch {
  private final Installation service;
  private final Set<String> needles = new LinkedHashSet<>();
  private final Set<String> found = new TreeSet<>();
  private final Set<String> looked = new TreeSet<>();

  CanarySearch(Installation service, String canary) {
    this.service = service;
    byte[] bytes = canary.getBytes(StandardCharsets.UTF_8);
    String json = JsonMapper.shared().writeValueAsString(canary);
    needles.add(canary);
    needles.add(canary.substring(canary.length() - 20));
    needles.add(json.substring(1, json.length() - 1));
    needles.add(URLEncoder.encode(canary, StandardCharsets.UTF_8));
    needles.add(HexFormat.of().formatHex(bytes));
    for (int before = 0; before < 3; before++) {
      byte[] shifted = new byte[before + bytes.length];
      System.arraycopy(bytes, 0, shifted, before, bytes.length);
      String text = Base64.getEncoder().withoutPadding().encodeToString(shifted);
      needles.add(text.substring(4, text.length() - 2)); // its own characters only
      needles.add(text.substring(4, text.length() - 2).replace('+', '-').replace('/', '_'));
    }
    for (String needle : List.copyOf(needles)) { // as bytes are written in a dump
      needles.add(HexFormat.of().formatHex(needle.getBytes(StandardCharsets.UTF_8)));
    }
  }

  Set<String> found() {
    return found;
  }

  String looked() {
    return String.join("\n", looked);
  }

  void in(String where, String text) {
    looked.add(where);
    for (String needle : needles) {
      int at = text.indexOf(needle);
      if (at >= 0) {
        String around = text.substring(Math.max(0, at - 60), Math.min(text.length(), at + 20));
        found.add(where + ": …" + around.replaceAll("[\n\r]", " "));
      }
    }
  }

  /** Waits until the program runs, and looks into the command lines and variables of the host. */
  void whileItRuns(Rest rest, String execution) throws IOException {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> rest.get("/logs?execution=" + execution).body().contains("plain:"));
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      for (Path process : processes.filter(path -> path.toString().matches(".*/[0-9]+")).toList()) {
        for (String file : List.of("cmdline", "environ", "comm")) {
          in("process " + file, read(process.resolve(file)));
        }
      }
    }
  }

  /** A process may have gone. */
  private static String read(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  /** What Temporal keeps of the execution; the data of its payloads are Base64 there. */
  void history(String execution) {
    String ui = service.status().get("temporalUi").stringValue();
    String id = URLEncoder.encode("default/" + execution, StandardCharsets.UTF_8);
    Rest.Answer answer =
        new Rest(URI.create(ui + "/api/v1"), null)
            .get("/namespaces/taskwright/workflows/" + id + "/history");
    if (answer.status() != 200 || answer.json().at("/history/events").isEmpty()) {
      throw new AssertionError("no history: " + answer);
    }
    in("history", answer.body());
    in("history, decoded", decoded(answer.json()));
  }

  private static String decoded(JsonNode node) {
    StringBuilder all = new StringBuilder();
    for (JsonNode data : node.findValues("data")) {
      if (data.isString()) {
        byte[] bytes = Base64.getDecoder().decode(data.stringValue());
        all.append(new String(bytes, StandardCharsets.UTF_8)).append('\n');
      }
    }
    return all.toString();
  }

  /** Every row of every table of every database. */
  void databases() throws Exception {
    for (String database : List.of("taskwright", "temporal", "temporal_visibility")) {
      dump(database);
    }
  }

  private void dump(String name) throws SQLException, IOException {
    try (Connection connection = ServiceDatabase.openAsOwner(service, name)) {
      for (String table : tables(connection)) {
        StringWriter rows = new StringWriter();
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyOut("copy (select * from " + table + ") to stdout", rows);
        in(name + " " + table, rows.toString());
      }
    }
  }

  private static List<String> tables(Connection connection) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select quote_ident(schemaname) || '.' || quote_ident(tablename) from pg_tables"
                    + " where schemaname not in ('pg_catalog', 'information_schema')")) {
      while (rows.next()) {
        tables.add(rows.getString(1));
      }
    }
    return tables;
  }

  /** Logs, blobs, the files of the databases: all that is in the data folder. */
  void files() throws IOException {
    try (Stream<Path> files = Files.walk(service.data())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        in("file " + service.data().relativize(file), read(file));
      }
    }
  }
}
