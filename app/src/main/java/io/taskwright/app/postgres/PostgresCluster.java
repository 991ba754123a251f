package io.taskwright.app.postgres;

import io.taskwright.app.data.DataFolder;
import io.taskwright.app.data.OwnerOnlyFile;
import io.taskwright.app.data.Passwords;
import io.taskwright.app.data.Template;
import io.taskwright.app.machine.Obstacle;
import io.taskwright.app.machine.Tool;
import io.taskwright.app.process.Mortal;
import io.taskwright.app.process.ProcessTable;
import io.taskwright.app.process.Signal;
import io.taskwright.sandbox.guest.Leftovers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The folder in which PostgreSQL keeps its databases.
 *
 * @param programs that read and write it
 * @param data the data folder around it
 * @param user who owns it
 */
record PostgresCluster(PostgresPrograms programs, DataFolder data, PostgresUser user) {
  private static final int LONGEST_NAME = 63;

  /**
   * Refuses a folder that another major version has written.
   *
   * @throws Obstacle that names both versions
   */
  static void checkVersion(DataFolder data, PostgresPrograms programs) {
    Path file = data.postgres().resolve("PG_VERSION");
    try {
      if (Files.exists(file)) {
        int written = Integer.parseInt(Files.readString(file).strip());
        if (written != programs.major()) {
          throw new Obstacle(
              "%s was written by PostgreSQL %d, and this Taskwright brings %d. Use the Taskwright that wrote it, or move the data with pg_dump or pg_upgrade."
                  .formatted(data.postgres(), written, programs.major()));
        }
      }
    } catch (IOException | NumberFormatException e) {
      throw new Obstacle("Cannot read %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  /** Makes it when it is not there yet, and writes the settings. */
  void prepare(int port) throws IOException {
    checkVersion(data, programs);
    if (!Files.exists(data.postgres())) {
      create();
    }
    user.own(data.postgres());
    forgetStranger();
    writeSettings(port);
  }

  /**
   * Removes the lock of a postmaster that is dead, but whose number is still taken: by another
   * program, or by the dead process itself, where nobody collects it. PostgreSQL would wait for
   * neither.
   */
  private void forgetStranger() throws IOException {
    Path file = data.postgres().resolve("postmaster.pid");
    if (Files.exists(file)) {
      List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
      String pid = lines.isEmpty() ? "none" : lines.getFirst().strip();
      if (Files.exists(Path.of("/proc", pid)) && !runsPostgres(Long.parseLong(pid))) {
        Files.delete(file);
      }
    }
  }

  private static boolean runsPostgres(long pid) {
    return ProcessTable.find(pid).filter(process -> process.name().equals("postgres")).isPresent();
  }

  private void create() throws IOException {
    Path unfinished = data.root().resolve("postgres.unfinished");
    Leftovers.remove(unfinished);
    Files.createDirectory(unfinished);
    user.own(unfinished);
    List<String> initdb =
        List.of(
            programs.program("initdb").toString(),
            "-D",
            unfinished.toString(),
            "--username=" + PostgresDatabases.SUPERUSER,
            "--pwfile=" + Passwords.of(data).file(PostgresDatabases.SUPERUSER),
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            // Sorting must not change with the libraries of the machine.
            "--locale-provider=builtin",
            "--locale=C.UTF-8",
            "--data-checksums");
    Tool.Result result =
        new Tool(
                user.command(Mortal.command(Signal.TERM, initdb)),
                Map.of("LC_ALL", "C"),
                Path.of("/"))
            .run(Duration.ofMinutes(2));
    if (!result.succeeded()) {
      throw new Obstacle("initdb failed: " + result.tail(10));
    }
    Files.move(unfinished, data.postgres(), StandardCopyOption.ATOMIC_MOVE);
  }

  private void writeSettings(int port) throws IOException {
    Path folder = data.run();
    String hba = Template.beside(PostgresCluster.class, "pg_hba.conf").fill(Map.of());
    String conf =
        Template.beside(PostgresCluster.class, "postgresql.conf")
            .fill(
                Map.of(
                    "port", Integer.toString(port),
                    "hba", quoted(folder.resolve("pg_hba.conf").toString()),
                    "name", quoted(name())));
    OwnerOnlyFile.write(folder.resolve("pg_hba.conf"), hba);
    OwnerOnlyFile.write(folder.resolve("postgresql.conf"), conf);
  }

  /** The data folder, as long as PostgreSQL takes a name of that length. */
  private String name() {
    String path = data.toString();
    return path.length() <= LONGEST_NAME ? path : path.substring(path.length() - LONGEST_NAME);
  }

  private static String quoted(String value) {
    return "'" + value.replace("'", "''") + "'";
  }
}
