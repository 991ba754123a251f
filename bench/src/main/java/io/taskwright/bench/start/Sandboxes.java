package io.taskwright.bench.start;

import io.taskwright.bench.report.Machine;
import io.taskwright.bench.report.Report.Goal;
import io.taskwright.sandbox.Sandbox;
import io.taskwright.sandbox.bubblewrap.BubblewrapSandbox;
import io.taskwright.sandbox.docker.DockerSandbox;
import io.taskwright.sandbox.egress.EgressTerms;
import io.taskwright.sandbox.guest.EnvironmentException;
import io.taskwright.sandbox.pool.WarmSettings;
import io.taskwright.testkit.Checkout;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench sandbox}: how long a sandbox takes to the first line of a program. */
@Command(
    name = "sandbox",
    mixinStandardHelpOptions = true,
    description = {
      "How long a sandbox takes to the first line of a program, beside a process without one",
      "and beside docker run. Docker's part is left out where no engine answers."
    })
public final class Sandboxes implements Callable<Integer> {
  @Spec private @Nullable CommandSpec command;

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "60",
      description = "Of each kind. Default: 60")
  private int runs;

  @Option(
      names = "--only",
      paramLabel = "BACK-END",
      description = "Measure bubblewrap or docker alone. Default: both")
  private @Nullable String only;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      defaultValue = "sandbox",
      description = "Of the file in bench/results. Default: sandbox")
  private String name = "sandbox";

  @Override
  public Integer call() throws IOException, InterruptedException {
    double loadBefore = Machine.load();
    Path folder = Files.createTempDirectory("taskwright-bench-");
    List<Row> rows = new ArrayList<>();
    WarmSettings warm = WarmSettings.usual();
    if (!"docker".equals(only)) {
      rows.addAll(bubblewrap(folder, warm));
    }
    if (!"bubblewrap".equals(only)) {
      rows.addAll(docker(folder, warm));
    }
    List<Goal> goals = StartTable.goals(rows);
    Path file = Path.of("bench", "results", name + ".json");
    StartFile.write(Checkout.root().resolve(file), loadBefore, rows, goals);
    out().println(StartTable.of(rows, goals) + "kept in " + file);
    out().flush();
    return 0;
  }

  private List<Row> bubblewrap(Path folder, WarmSettings warm)
      throws IOException, InterruptedException {
    try (Sandbox cold = openBubblewrap(folder, "cold", WarmSettings.NONE);
        Sandbox warmed = openBubblewrap(folder, "warm", warm)) {
      return rows(
          new Bout(cold, warmed, warm.most(), image(), IdleMemory::ofChildren, runs, err()));
    } catch (EnvironmentException e) {
      err().println("bubblewrap is left out: " + e.getMessage());
      return List.of();
    }
  }

  private List<Row> docker(Path folder, WarmSettings warm)
      throws IOException, InterruptedException {
    try (Sandbox cold = openDocker(folder, "cold", WarmSettings.NONE);
        Sandbox warmed = openDocker(folder, "warm", warm)) {
      return rows(
          new Bout(
              cold, warmed, warm.most(), image(), () -> containers("bench-warm"), runs, err()));
    } catch (EnvironmentException e) {
      err().println("Docker is left out: " + e.getMessage());
      return List.of();
    }
  }

  private static List<Row> rows(Bout bout) throws IOException, InterruptedException {
    List<Row> rows = new ArrayList<>();
    for (Hello hello : Hello.ALL) {
      if (bout.cold().runtimes().contains(hello.runtime())) {
        rows.add(bout.of(hello));
      }
    }
    return rows;
  }

  private static Sandbox openBubblewrap(Path folder, String name, WarmSettings warm)
      throws EnvironmentException {
    return BubblewrapSandbox.open(
        "bench-" + name, folder.resolve("bubblewrap-" + name), EgressTerms.DEFAULT, warm);
  }

  private static Sandbox openDocker(Path folder, String name, WarmSettings warm)
      throws EnvironmentException {
    return DockerSandbox.open(
        "bench-" + name, folder.resolve("docker-" + name), EgressTerms.DEFAULT, warm);
  }

  private static double containers(String instance) {
    try {
      return IdleMemory.ofContainers(instance);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The runtimes' image, if an engine has it. */
  private static String image() throws IOException {
    try {
      Process process =
          new ProcessBuilder(
                  "docker", "images", "--format", "{{.Repository}}:{{.Tag}}", "taskwright/runtimes")
              .start();
      String names =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return names.lines().findFirst().orElse("");
    } catch (IOException e) {
      return ""; // There is no command line of an engine.
    }
  }

  private PrintWriter out() {
    return line().getOut();
  }

  private PrintWriter err() {
    return line().getErr();
  }

  private picocli.CommandLine line() {
    return java.util.Objects.requireNonNull(command).commandLine();
  }
}
