package io.taskwright.sandbox.bubblewrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.taskwright.sandbox.cgroup.Cgroups;
import io.taskwright.sandbox.conformance.Instances;
import io.taskwright.sandbox.egress.EgressTerms;
import io.taskwright.sandbox.pool.WarmSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of runs when their service is killed, and how a service without root runs them. */
final class ServiceProcessIT {
  private static final Path ROOT = Path.of("/sys/fs/cgroup");
  private static final List<String> KINDS = List.of("memory", "cpu", "cpuacct", "pids");
  private static final String NOBODY = "65534";
  private static final long PATIENCE_MILLIS = 10_000;

  @Test
  void leavesNothingRunningWhenItIsKilled() throws Exception {
    String instance = Instances.named("killed");
    Path folder = Path.of("target/sandbox-it/killed").toAbsolutePath();
    HostTraces traces = HostTraces.before(instance, Files.createDirectories(folder));
    Process service = start(List.of(), System.getProperty("java.class.path"), instance, folder);
    List<String> said = untilReady(service);
    assertThat(said).contains("probe passed");
    assertThat(traces.processes()).hasSizeGreaterThanOrEqualTo(3);
    service.destroyForcibly().waitFor();
    long deadline = System.currentTimeMillis() + PATIENCE_MILLIS;
    while (!traces.running().isEmpty() && System.currentTimeMillis() < deadline) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    assertThat(traces.running()).isEmpty();
    assertThat(traces.groups()).isNotEmpty();
    assertThat(folder.resolve("egress")).isNotEmptyDirectory();
    BubblewrapSandbox.open(instance, folder, EgressTerms.DEFAULT, WarmSettings.NONE).close();
    assertThat(traces.groups()).isEmpty();
    assertThat(folder.resolve("egress")).isEmptyDirectory();
  }

  @Test
  void runsWithoutRootWhereGroupsAreDelegated(@TempDir Path scratch) throws Exception {
    assumeTrue(Files.isWritable(ROOT.resolve("memory")), "no groups of version 1 to delegate here");
    String instance = Instances.named("user");
    for (String kind : KINDS) {
      Path group = Files.createDirectories(ROOT.resolve(kind).resolve("taskwright-" + instance));
      chown(group);
      chown(group.resolve("cgroup.procs"));
    }
    Files.setPosixFilePermissions(scratch, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path folder = Files.createDirectories(scratch.resolve("data"));
    chown(folder);
    List<String> become =
        List.of("setpriv", "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups");
    Process service = start(become, readableClassPath(scratch), instance, folder);
    List<String> said = untilReady(service);
    service.destroyForcibly().waitFor();
    assertThat(said).contains("probe passed");
    assertThat(said).anyMatch(line -> line.startsWith("Returned[output=42"));
    assertThat(said)
        .anyMatch(line -> line.contains("RESOURCE_EXHAUSTED") && line.contains("files"));
    assertThat(said)
        .anyMatch(line -> line.contains("EGRESS_DENIED") && line.contains("x.example:80"));
    Cgroups.open(ROOT, instance);
    for (String kind : KINDS) {
      Files.deleteIfExists(ROOT.resolve(kind).resolve("taskwright-" + instance));
    }
  }

  private static Process start(List<String> before, String classPath, String instance, Path folder)
      throws IOException {
    List<String> command = new ArrayList<>(before);
    command.addAll(
        List.of(
            System.getProperty("java.home") + "/bin/java",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            classPath));
    command.addAll(List.of(ServiceProcess.class.getName(), instance, folder.toString()));
    return new ProcessBuilder(command)
        .directory(Path.of("/").toFile())
        .redirectErrorStream(true)
        .start();
  }

  private static List<String> untilReady(Process service) throws IOException {
    List<String> said = new ArrayList<>();
    BufferedReader reader = service.inputReader();
    for (String line; (line = reader.readLine()) != null; ) {
      said.add(line);
      if (line.equals("SYSTEM ready")) {
        return said;
      }
    }
    throw new AssertionError("the service ended: " + said);
  }

  private static void chown(Path path) throws IOException {
    Files.setAttribute(path, "unix:uid", Integer.valueOf(NOBODY));
    Files.setAttribute(path, "unix:gid", Integer.valueOf(NOBODY));
  }

  /** Nobody can read what is in somebody's home. */
  private static String readableClassPath(Path scratch) throws IOException {
    List<String> copies = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(":", -1)) {
      Path copy = scratch.resolve("cp" + copies.size() + (entry.endsWith(".jar") ? ".jar" : ""));
      PublicFiles.copy(Path.of(entry), copy);
      copies.add(copy.toString());
    }
    return String.join(":", copies);
  }
}
