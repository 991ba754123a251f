package io.taskwright.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.app.data.DataFolder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PartKindTest {
  private static final String MAIN = "io.taskwright.app.Taskwright";

  private final DataFolder data = new DataFolder(Path.of("/data/one"));

  @Test
  void knowsTheServerAndTheExecutor() {
    assertKind(PartKind.JAVA, process("java", "java -cp x " + MAIN + " server --data /data/one"));
    assertKind(
        PartKind.JAVA,
        process(
            "java", "java " + MAIN + " worker --role executor --pool default --data /data/one"));
  }

  @Test
  void knowsThePartsOfTemporal() {
    assertKind(
        PartKind.TEMPORAL,
        process(
            "temporal-server",
            "/cache/temporal-server --config-file /data/one/temporal/server.yaml start"));
    assertKind(
        PartKind.TEMPORAL,
        process("temporal-ui", "/cache/temporal-ui --root /data/one/temporal --config ui start"));
    assertKind(
        PartKind.TEMPORAL,
        process(
            "temporal",
            "temporal server start-dev --db-filename /data/one/temporal/start-dev.db --port 1"));
  }

  @Test
  void knowsPostgresAndItsChildrenByTheirFolder() {
    assertKind(PartKind.POSTGRES, process("postgres", "/x/bin/postgres -D /data/one/postgres"));
    assertKind(
        PartKind.POSTGRES,
        process("setpriv", "setpriv --pdeathsig INT -- /x/postgres -D /data/one/postgres"));
    assertKind(
        PartKind.POSTGRES,
        new RunningProcess(
            new ProcessId(1, 1),
            List.of("postgres: checkpointer "),
            "postgres",
            "/data/one/postgres"));
  }

  @Test
  void leavesTheSameOfAnotherInstanceAlone() {
    assertNoPart(process("java", "java " + MAIN + " server --data /data/one-more"));
    assertNoPart(process("postgres", "/x/bin/postgres -D /data/other/postgres"));
    assertNoPart(
        process(
            "temporal-server", "temporal-server --config-file /etc/temporal/server.yaml start"));
  }

  @Test
  void leavesClientsAloneThatNameTheFolder() {
    assertNoPart(process("java", "java " + MAIN + " run hello --data /data/one"));
    assertNoPart(process("java", "java " + MAIN + " supervise --data /data/one"));
    assertNoPart(process("vim", "vim /data/one/logs/server.log"));
    assertNoPart(process("tail", "tail -f /data/one/postgres/log"));
    assertNoPart(process("pg_dump", "pg_dump -D /data/one/postgres"));
    assertNoPart(
        new RunningProcess(new ProcessId(1, 1), List.of("bash"), "bash", "/data/one/postgres"));
  }

  @Test
  void tellsOnlyThePostmasterToEnd() {
    RunningProcess postmaster = process("postgres", "/x/bin/postgres -D /data/one/postgres");
    RunningProcess child = process("postgres", "postgres: walwriter");

    assertThat(PartKind.POSTGRES.leaders(List.of(child, postmaster))).containsExactly(postmaster);
    assertThat(PartKind.JAVA.leaders(List.of(child))).containsExactly(child);
  }

  private void assertKind(PartKind expected, RunningProcess process) {
    assertThat(kinds(process)).containsExactly(expected);
  }

  private void assertNoPart(RunningProcess process) {
    assertThat(kinds(process)).isEmpty();
  }

  private List<PartKind> kinds(RunningProcess process) {
    return Arrays.stream(PartKind.values()).filter(kind -> kind.made(process, data, MAIN)).toList();
  }

  private static RunningProcess process(String name, String commandLine) {
    return new RunningProcess(
        new ProcessId(1, 1), Arrays.asList(commandLine.split(" ", -1)), name, "/");
  }
}
