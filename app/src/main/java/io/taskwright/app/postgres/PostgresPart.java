package io.taskwright.app.postgres;

import io.taskwright.app.data.DataFolder;
import io.taskwright.app.process.Mortal;
import io.taskwright.app.process.Signal;
import io.taskwright.app.supervisor.Part;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** PostgreSQL as a part of the service. */
public final class PostgresPart {
  public static final String NAME = "postgres";

  /** Recovery after a crash reads all that was written since the last checkpoint. */
  private static final Duration START = Duration.ofMinutes(5);

  private static final Duration STOP = Duration.ofSeconds(30);

  private PostgresPart() {}

  /**
   * Refuses a data folder that these programs cannot read.
   *
   * @throws io.taskwright.app.machine.Obstacle that says why
   */
  public static void check(DataFolder data, PostgresPrograms programs) {
    PostgresCluster.checkVersion(data, programs);
  }

  /** The part on a data folder. It is ready when roles and databases are there. */
  public static Part of(DataFolder data, PostgresPrograms programs, PostgresDatabases databases) {
    PostgresUser user = PostgresUser.choose();
    PostgresCluster cluster = new PostgresCluster(programs, data, user);
    List<String> postgres =
        List.of(
            programs.program("postgres").toString(),
            "-D",
            data.postgres().toString(),
            "-c",
            "config_file=" + data.run().resolve("postgresql.conf"));
    return new Part(
        NAME,
        programs.version(),
        Set.of(),
        new Part.Launch(
            () -> cluster.prepare(databases.port()),
            user.command(Mortal.command(Signal.INT, postgres))),
        new Part.Readiness(databases::make, START),
        new Part.Stop(Signal.INT, STOP),
        data.log(NAME));
  }
}
