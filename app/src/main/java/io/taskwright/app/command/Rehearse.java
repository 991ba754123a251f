package io.taskwright.app.command;

import io.taskwright.app.machine.HostAndPort;
import io.taskwright.app.supervisor.HttpCheck;
import io.taskwright.app.supervisor.Part;
import io.taskwright.app.temporal.TemporalNamespace;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.sql.DriverManager;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * {@code rehearse}: goes once through what the command line and the supervisor do, and changes
 * nothing. The build runs it to learn which classes belong into the class cache; see docs/adr/0003.
 */
@Command(name = "rehearse", hidden = true)
public final class Rehearse implements Callable<Integer> {
  private static final String NOWHERE = "/nonexistent";

  private static final List<String[]> VERBS =
      List.of(
          new String[] {"--help"},
          new String[] {"up", "--help"},
          new String[] {"status", "--data", NOWHERE, "-o", "json"},
          new String[] {"down", "--data", NOWHERE},
          new String[] {"doctor", "--data", NOWHERE, "-o", "json"});

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    CommandLine all = Objects.requireNonNull(spec).root().commandLine();
    PrintWriter nobody = new PrintWriter(Writer.nullWriter());
    all.setOut(nobody).setErr(nobody);
    VERBS.forEach(all::execute);
    try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      Thread.ofPlatform().daemon().start(() -> hangUp(deaf));
      HostAndPort address = HostAndPort.local(deaf.getLocalPort());
      ask(new HttpCheck(URI.create("http://" + address)));
      ask(new TemporalNamespace(address));
      ask(() -> DriverManager.getConnection("jdbc:postgresql://" + address + "/").isClosed());
    }
    return 0;
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
