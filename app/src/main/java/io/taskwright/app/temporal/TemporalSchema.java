package io.taskwright.app.temporal;

import io.taskwright.app.data.PortName;
import io.taskwright.app.machine.Obstacle;
import io.taskwright.app.machine.Tool;
import io.taskwright.app.postgres.PostgresDatabases;
import io.taskwright.app.process.Mortal;
import io.taskwright.app.process.Signal;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The tables of Temporal. Its own tool makes and updates them, from files inside the tool; with
 * nothing to do that takes 25 ms for each database.
 *
 * @param commands runs the tool
 * @param settings that it uses
 * @param databases where the tables are
 */
record TemporalSchema(
    TemporalCommands commands, TemporalSettings settings, PostgresDatabases databases) {
  private static final Duration LIMIT = Duration.ofMinutes(5);

  /** Brings both databases to the tool's version. */
  void update() throws SQLException {
    update(PostgresDatabases.TEMPORAL, "postgresql/v12/temporal");
    update(PostgresDatabases.TEMPORAL_VISIBILITY, "postgresql/v12/visibility");
  }

  /** The tool cannot go on with a new database whose first update was cut off. */
  private void update(String database, String schema) throws SQLException {
    boolean isNew = !databases.has(database);
    if (isNew) {
      databases.begin(database, PostgresDatabases.TEMPORAL);
      tool(database, "setup-schema", "--version", "0.0");
    }
    tool(database, "update-schema", "--schema-name", schema);
    if (isNew) {
      databases.finish(database);
    }
  }

  private void tool(String database, String... action) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--plugin", "postgres12", "--ep", "127.0.0.1"));
    arguments.addAll(List.of("-p", "" + settings.ports().number(PortName.POSTGRES)));
    arguments.addAll(List.of("-u", PostgresDatabases.TEMPORAL, "--db", database));
    arguments.addAll(List.of("--connect-attributes", "passfile=" + settings.passwordFile()));
    arguments.addAll(List.of(action));
    List<String> command =
        Mortal.command(Signal.TERM, commands.command(TemporalProgram.SQL_TOOL, arguments));
    Tool.Result result = Tool.of(command.toArray(String[]::new)).run(LIMIT);
    if (!result.succeeded()) {
      throw new Obstacle(
          "Temporal's tables in database %s could not be brought up to date:\n%s"
              .formatted(database, result.tail(5)));
    }
  }
}
