package io.taskwright.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taskwright.app.data.PortName;
import io.taskwright.app.process.Signal;
import io.taskwright.app.supervisor.PartState;
import java.io.IOException;
import java.io.Reader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class UpAndDownIT {
  private final LocalInstance service = LocalInstance.fresh();

  @AfterEach
  void end() throws IOException {
    service.close();
  }

  @Test
  void keepsWhatItHasOverDownAndUp() throws Exception {
    service.up();
    try (Connection taskwright = database();
        Statement statement = taskwright.createStatement()) {
      statement.execute("CREATE TABLE kept (word text)");
      statement.execute("INSERT INTO kept VALUES ('still here')");
    }
    Cli.Result down = service.run("down");
    assertThat(down.code()).isZero();
    assertThat(service.processes()).isEmpty();

    service.up();

    try (Connection taskwright = database();
        Statement statement = taskwright.createStatement();
        ResultSet row = statement.executeQuery("SELECT word FROM kept")) {
      assertThat(row.next()).isTrue();
      assertThat(row.getString(1)).isEqualTo("still here");
    }
  }

  @Test
  void runsTheExecutorApartWhenAsked() {
    service.up("--split");

    assertThat(service.part("executor").state()).isEqualTo(PartState.READY);
    assertThat(service.data().resolve("run/executor.properties"))
        .content()
        .contains("taskwright.api.url")
        .doesNotContain("database");
    assertThat(service.data().resolve("run/server.properties"))
        .content()
        .contains("taskwright.roles=api,core\n");
  }

  @Test
  void findsThePortsTakenByOthersAndTakesOthers() throws Exception {
    service.up();
    Properties before = ports();
    service.run("down");
    String taken = before.getProperty(PortName.POSTGRES.name());
    try (var stranger =
        new ServerSocket(Integer.parseInt(taken), 1, InetAddress.ofLiteral("127.0.0.1"))) {
      assertThat(stranger.isBound()).isTrue();

      service.up();

      Properties after = ports();
      assertThat(after.getProperty(PortName.POSTGRES.name())).isNotEqualTo(taken);
      assertThat(after.getProperty(PortName.TEMPORAL.name()))
          .isEqualTo(before.getProperty(PortName.TEMPORAL.name()));
    }
  }

  @Test
  void saysThatNothingRuns() {
    assertThat(service.run("status").code()).isEqualTo(4);
    assertThat(service.run("down").code()).isZero();
  }

  @Test
  void endsEverythingWhenItsTerminalInterruptsIt() throws Exception {
    Process up = Cli.start(service.command("up"));
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> !service.run("status").out().contains("Nothing runs"));

    Signal.INT.send(up.pid());

    Cli.Result ended = Cli.end(up);
    assertThat(ended.code()).isEqualTo(128 + 2);
    assertThat(service.processes()).isEmpty();
  }

  private Properties ports() throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(service.data().resolve("run/ports.properties"))) {
      properties.load(reader);
    }
    return properties;
  }

  private Connection database() throws SQLException, IOException {
    Properties server = new Properties();
    try (Reader reader = Files.newBufferedReader(service.data().resolve("run/server.properties"))) {
      server.load(reader);
    }
    return DriverManager.getConnection(
        server.getProperty("taskwright.database.url"),
        server.getProperty("taskwright.database.user"),
        server.getProperty("taskwright.database.password"));
  }
}
