package io.taskwright.app;

import com.sun.net.httpserver.HttpServer;
import io.taskwright.app.machine.JavaProgram;
import java.io.IOException;
import java.io.Reader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;

/**
 * The command line with a server and a worker that only say they are ready, so that the supervisor
 * and the parts it brings can be tried without the real ones.
 */
public final class StandIn {
  /** A file in the folder of the running instance; while it is there, the server ends at once. */
  static final String FAILS = "stand-in-fails";

  private StandIn() {}

  public static void main(String[] args) throws Exception {
    List<String> arguments = Arrays.asList(args);
    switch (arguments.isEmpty() ? "" : arguments.getFirst()) {
      case "server" -> serve(arguments, "server.properties");
      case "worker" -> serve(arguments, "executor.properties");
      default -> System.exit(Taskwright.commandLine(JavaProgram.of(StandIn.class)).execute(args));
    }
  }

  private static void serve(List<String> arguments, String settings) throws IOException {
    Path data = Path.of(arguments.get(arguments.indexOf("--data") + 1));
    if (Files.exists(data.resolve("run").resolve(FAILS))) {
      System.out.println("The stand-in was told to fail.");
      System.exit(9);
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(data.resolve("run").resolve(settings))) {
      properties.load(reader);
    }
    HttpServer server =
        HttpServer.create(
            new InetSocketAddress(
                InetAddress.ofLiteral(properties.getProperty("server.address")),
                Integer.parseInt(properties.getProperty("server.port"))),
            0);
    server.createContext(
        "/health/ready",
        exchange -> {
          byte[] body = "{\"status\":\"UP\"}".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }
}
