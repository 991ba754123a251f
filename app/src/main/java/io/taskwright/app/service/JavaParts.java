package io.taskwright.app.service;

import io.taskwright.app.data.PortName;
import io.taskwright.app.machine.HostAndPort;
import io.taskwright.app.machine.JavaProgram;
import io.taskwright.app.machine.Obstacle;
import io.taskwright.app.postgres.PostgresPart;
import io.taskwright.app.process.Mortal;
import io.taskwright.app.process.Signal;
import io.taskwright.app.supervisor.HttpCheck;
import io.taskwright.app.supervisor.Part;
import io.taskwright.app.temporal.TemporalNamespace;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The parts that are this program itself: the server, and the executor when it is a process of its
 * own.
 *
 * @param program how it is started
 * @param version of it
 * @param settings it is told
 */
record JavaParts(JavaProgram program, String version, ServerSettings settings) {
  static final String SERVER = "server";
  static final String EXECUTOR = "executor";

  /** More options for the virtual machine, separated by spaces. */
  static final String OPTIONS_VARIABLE = "TASKWRIGHT_JAVA_OPTS";

  /**
   * The script rehearses with the same options for modules, or the class cache would not fit. The
   * memory of a JavaScript run is an array of more than a megabyte: in G1's regions of one it would
   * be collected by whole cycles, and these took a twentieth of the server's processor time.
   */
  private static final List<String> OPTIONS =
      List.of(
          "-Xmx1g",
          "-XX:G1HeapRegionSize=8m",
          "-XX:+ExitOnOutOfMemoryError",
          "--enable-native-access=ALL-UNNAMED");

  private static final Duration START = Duration.ofMinutes(2);
  private static final Duration STRANGE_TEMPORAL = Duration.ofSeconds(20);
  private static final Part.Stop STOP = new Part.Stop(Signal.TERM, Duration.ofSeconds(30));

  List<Part> list() {
    List<Part> parts = new ArrayList<>();
    parts.add(server());
    if (settings.split()) {
      parts.add(executor());
    }
    return parts;
  }

  private Part server() {
    return part(
        SERVER,
        Set.of(PostgresPart.NAME),
        () -> {
          settings.writeServer();
          if (settings.temporal().parts().isEmpty()) {
            awaitNamespace(settings.temporal().address());
          }
        },
        List.of("server"),
        settings.api());
  }

  private Part executor() {
    return part(
        EXECUTOR,
        Set.of(SERVER),
        settings::writeExecutor,
        List.of("worker", "--role", "executor", "--pool", "default"),
        URI.create("http://" + settings.ports().address(PortName.EXECUTOR)));
  }

  private Part part(
      String name,
      Set<String> needs,
      Part.Preparation preparation,
      List<String> verb,
      URI listens) {
    List<String> options = new ArrayList<>(OPTIONS);
    program.classCache(JavaProgram.Rehearsed.SERVER).ifPresent(options::add);
    Optional.ofNullable(System.getenv(OPTIONS_VARIABLE))
        .filter(more -> !more.isBlank())
        .ifPresent(more -> options.addAll(Arrays.asList(more.strip().split("\\s+"))));
    List<String> arguments = new ArrayList<>(verb);
    arguments.addAll(List.of("--data", settings.data().toString()));
    return new Part(
        name,
        version,
        needs,
        new Part.Launch(
            preparation, Mortal.command(Signal.TERM, program.command(options, arguments))),
        new Part.Readiness(new HttpCheck(listens.resolve("/health/ready")), START),
        STOP,
        settings.data().log(name));
  }

  /** A Temporal that is somebody else's gets the namespace before anybody uses it. */
  private static void awaitNamespace(HostAndPort address) throws InterruptedException {
    TemporalNamespace namespace = new TemporalNamespace(address);
    Instant end = Instant.now().plus(STRANGE_TEMPORAL);
    while (!namespace.ready()) {
      if (Instant.now().isAfter(end)) {
        throw new Obstacle(
            "The Temporal at %s does not answer, or its namespace %s cannot be searched. Start it, or name another by --temporal HOST:PORT."
                .formatted(address, TemporalNamespace.NAME));
      }
      Thread.sleep(Duration.ofMillis(200));
    }
  }
}
