package io.taskwright.app.command;

import io.taskwright.app.machine.HostAndPort;
import io.taskwright.app.server.ServerRehearsal;
import io.taskwright.app.supervisor.HttpCheck;
import io.taskwright.app.supervisor.Part;
import io.taskwright.app.temporal.TemporalNamespace;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code rehearse}: goes once through what the command line and the supervisor do, or through the
 * server's start, and changes nothing. The build runs it to learn which classes belong into the two
 * class caches; see docs/implementation/launcher.md.
 */
@Command(name = "rehearse", hidden = true)
public final class Rehearse implements Callable<Integer> {
  private static final String NOWHERE = "/nonexistent";

  private static final List<List<String>> WITHOUT_SERVICE =
      List.of(
          List.of("--help"),
          List.of("up", "--help"),
          List.of("status", "--data", NOWHERE, "-o", "json"),
          List.of("down", "--data", NOWHERE),
          List.of("doctor", "--data", NOWHERE, "-o", "json"));

  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--server", description = "Rehearse the server instead.")
  private boolean server;

  @Override
  public Integer call() throws IOException {
    try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      Thread.ofPlatform().daemon().start(() -> hangUp(deaf));
      HostAndPort nobody = HostAndPort.local(deaf.getLocalPort());
      if (server) {
        ServerRehearsal.run(NOWHERE, nobody);
      } else {
        commands(nobody);
      }
    }
    return 0;
  }

  private void commands(HostAndPort nobody) throws IOException {
    CommandLine all = Objects.requireNonNull(spec).root().commandLine();
    PrintWriter log = all.getErr();
    StringWriter said = new StringWriter();
    all.setOut(new PrintWriter(Writer.nullWriter())).setErr(new PrintWriter(said));
    WITHOUT_SERVICE.forEach(verb -> all.execute(verb.toArray(String[]::new)));
    try (StageService service = StageService.open()) {
      String data = service.data().toString();
      String task = service.data().resolve("task").toString();
      all.execute("init", task);
      for (List<String> verb :
          List.of(
              List.of("get", StageService.EXECUTION),
              List.of("get", "executions"),
              List.of("logs", StageService.EXECUTION),
              List.of("logs", StageService.EXECUTION, "-f"),
              List.of("run", task))) {
        List<String> arguments = new ArrayList<>(verb);
        arguments.addAll(List.of("--data", data));
        said.getBuffer().setLength(0);
        int code = all.execute(arguments.toArray(String[]::new));
        if (code != 0) {
          log.println("not rehearsed whole: %s ended with %d\n%s".formatted(arguments, code, said));
          log.flush();
        }
      }
    }
    ask(new HttpCheck(URI.create("http://" + nobody)));
    ask(new TemporalNamespace(nobody));
    ask(() -> DriverManager.getConnection("jdbc:postgresql://" + nobody + "/").isClosed());
  }

  /** Everybody who calls is hung up on, so that no question waits for an answer. */
  private static void hangUp(ServerSocket server) {
    while (!server.isClosed()) {
      try {
        server.accept().close();
      } catch (IOException e) {
        return;
      }
    }
  }

  @SuppressWarnings("EmptyCatch") // The answer does not matter; the classes are loaded by asking.
  private static void ask(Part.Check check) {
    try {
      check.ready();
    } catch (Exception e) {
      // Nobody is there.
    }
  }
}
