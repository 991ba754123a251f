package io.taskwright.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taskwright.app.data.DataFolder;
import io.taskwright.app.data.Passwords;
import io.taskwright.app.data.PortName;
import io.taskwright.app.machine.Cache;
import io.taskwright.app.machine.Machine;
import io.taskwright.app.postgres.PostgresDatabases;
import io.taskwright.app.process.RunningProcess;
import io.taskwright.app.service.Versions;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class KilledPartsIT {
  private static final Duration SOON = Duration.ofSeconds(20);

  private final LocalInstance service = LocalInstance.fresh();

  @AfterEach
  void end() throws IOException {
    service.close();
  }

  @Test
  void startsAKilledPartAgain() {
    service.up();
    for (String part : List.of("postgres", "temporal", "temporal-ui", "server")) {
      long before = service.pid(part);

      LocalInstance.kill(before);

      await().atMost(SOON).until(() -> service.part(part).restarts() == 1);
      service.awaitReady(part, SOON);
      assertThat(service.pid(part)).isNotEqualTo(before);
    }
  }

  @Test
  void startsAfterEverythingWasKilledAtOnce() {
    service.up();
    List<RunningProcess> all = service.processes();
    assertThat(all).hasSizeGreaterThan(10);
    all.forEach(process -> LocalInstance.kill(process.id().pid()));

    service.up();

    List<Long> now = service.processes().stream().map(process -> process.id().pid()).toList();
    assertThat(all).noneMatch(process -> now.contains(process.id().pid()));
    assertThat(now)
        .filteredOn(pid -> commandLine(pid).contains("-D " + service.data().resolve("postgres")))
        .hasSize(1);
  }

  @Test
  void startsThoughNobodyCollectedItsDeadPostgres() throws Exception {
    service.up();
    Path lock = service.data().resolve("postgres/postmaster.pid");
    List<String> lines = new ArrayList<>(Files.readAllLines(lock));
    service.processes().forEach(process -> LocalInstance.kill(process.id().pid()));
    Path program = service.data().resolve("postgres/postgres");
    Files.createSymbolicLink(program, Path.of("/bin/true"));
    Process careless =
        new ProcessBuilder("sh", "-c", program + " & echo $!; exec sleep 120").start();
    try {
      lines.set(0, careless.inputReader().readLine());
      Files.write(lock, lines);

      service.up();
    } finally {
      careless.destroyForcibly();
    }
  }

  @Test
  void beginsTemporalsTablesAgainWhenTheirFirstUpdateWasCutOff() throws Exception {
    service.up();
    int port = port(PortName.POSTGRES);
    var databases = new PostgresDatabases(port, Passwords.of(new DataFolder(service.data())));
    try (Connection superuser =
            databases.connect(PostgresDatabases.SUPERUSER, PostgresDatabases.SUPERUSER);
        Connection temporal =
            databases.connect(PostgresDatabases.TEMPORAL, PostgresDatabases.TEMPORAL);
        Statement mark = superuser.createStatement();
        Statement half = temporal.createStatement()) {
      mark.execute("COMMENT ON DATABASE temporal IS 'unfinished'");
      half.execute("DROP TABLE schema_version, executions");
    }
    service.processes().forEach(process -> LocalInstance.kill(process.id().pid()));

    service.up();

    assertThat(databases.has(PostgresDatabases.TEMPORAL)).isTrue();
  }

  @Test
  void leavesNothingWhenOnlyTheSupervisorWasKilled() {
    service.up();

    LocalInstance.kill(service.instance().supervisor().pid());

    service.awaitNoProcess(Duration.ofSeconds(15));
    service.up();
  }

  @Test
  void endsWhatHasNoSupervisorAnyMoreAndLeavesClientsAlone() throws Exception {
    service.up();
    service.run("down");
    Process orphan = Cli.start("server", "--data", service.data().toString());
    Process postgres = orphanedPostgres();
    Process client =
        new ProcessBuilder(
                "sh",
                "-c",
                "read line",
                StandIn.class.getName(),
                "run",
                "--data",
                service.data().toString())
            .start();
    try {
      service.up();

      assertThat(orphan.isAlive()).isFalse();
      assertThat(postgres.isAlive()).isFalse();
      assertThat(client.isAlive()).isTrue();
    } finally {
      client.destroyForcibly();
    }
  }

  @Test
  void endsEverythingWhenItsForegroundProcessWasKilled() {
    Process up = Cli.start(service.command("up"));
    await().atMost(SOON).until(() -> service.run("status").code() == 0);

    LocalInstance.kill(up.pid());

    service.awaitNoProcess(Duration.ofSeconds(15));
  }

  @Test
  void stopsWhatAKilledSupervisorLeft() throws Exception {
    service.up();
    service.run("down");
    Process postgres = orphanedPostgres();

    Cli.Result down = service.run("down");

    assertThat(down.err()).contains("Ending what an earlier run left behind: postgres");
    assertThat(down.code()).isZero();
    assertThat(postgres.isAlive()).isFalse();
  }

  private int port(PortName name) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(service.data().resolve("run/ports.properties"))) {
      properties.load(reader);
    }
    return Integer.parseInt(properties.getProperty(name.name()));
  }

  private String commandLine(long pid) {
    return service.processes().stream()
        .filter(process -> process.id().pid() == pid)
        .map(process -> String.join(" ", process.arguments()))
        .findFirst()
        .orElse("");
  }

  /** PostgreSQL on the data folder, without a supervisor. */
  private Process orphanedPostgres() throws IOException {
    List<String> command = new ArrayList<>();
    if (Machine.root()) {
      command.addAll(List.of("unshare", "--user", "--"));
    }
    Path programs =
        Cache.ofEnvironment().find("postgres-" + Versions.read().postgres()).orElseThrow();
    command.add(programs.resolve("bin/postgres").toString());
    command.addAll(List.of("-D", service.data().resolve("postgres").toString()));
    command.addAll(List.of("-c", "config_file=" + service.data().resolve("run/postgresql.conf")));
    Path log = service.data().resolve("logs/orphan.log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    await().atMost(SOON).until(() -> Files.readString(log).contains("ready to accept connections"));
    return process;
  }
}
