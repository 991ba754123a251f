package io.taskwright.sandbox.guest;

import io.taskwright.model.ByteSize;
import io.taskwright.model.definition.Cpu;
import io.taskwright.model.definition.TaskRuntime;
import io.taskwright.sandbox.Limits;
import io.taskwright.sandbox.RunEnd;
import io.taskwright.sandbox.RunSink;
import io.taskwright.sandbox.guest.Launch.LaunchFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The class data archive of the Java harness and the compiler, with which a Java task starts in
 * less than two thirds of the time. It is made once for each JDK, in an environment, because the
 * paths in it must be those inside.
 */
public final class JavaArchive {
  private static final Logger LOG = LoggerFactory.getLogger(JavaArchive.class);
  private static final String SAMPLE =
      """
      import java.util.Map;
      public class Main {
        record Greeting(String text) {}
        public static Object main(Map<String, Object> input) {
          return Map.of("greeting", new Greeting("Hello " + input.get("name")).text());
        }
      }
      """;

  private static final Limits LIMITS =
      new Limits(
          new Cpu(1000),
          null,
          ByteSize.ofMebibytes(512),
          ByteSize.ofMebibytes(128),
          100,
          100,
          Duration.ofMinutes(1),
          ByteSize.ofMebibytes(96),
          new ByteSize(1024));

  private final GuestTools tools;
  private final String jdk;

  /**
   * The archive among the tools.
   *
   * @param jdk the version of the JDK inside; empty if there is none
   */
  public JavaArchive(GuestTools tools, String jdk) {
    this.tools = tools;
    this.jdk = jdk;
  }

  /** The interpreters with the archive, which is made if need be; without it if that fails. */
  public Interpreters use(Interpreters interpreters, GuestProbe.Starter starter) {
    String java = interpreters.programs().get(TaskRuntime.JAVA);
    if (java == null || jdk.isEmpty()) {
      return interpreters;
    }
    String name = "java-" + jdk.replaceAll("[^A-Za-z0-9.]+", "_") + ".jsa";
    Path file = tools.folder().resolve(name);
    if (!Files.exists(file) && !make(java, file, starter)) {
      return interpreters;
    }
    return new Interpreters(interpreters.programs(), Optional.of(Interpreters.TOOLS + "/" + name));
  }

  private boolean make(String java, Path file, GuestProbe.Starter starter) {
    Launch launch = training(java);
    Base64Lines lines = new Base64Lines();
    RunEnd end = starter.start("java-archive", launch, LIMITS, lines).end().join();
    try {
      if (end instanceof RunEnd.Returned && lines.size() > 0) {
        GuestTools.lay(file, lines.decoded(), false);
        return true;
      }
    } catch (IOException | IllegalArgumentException e) {
      LOG.atDebug().setCause(e).log("the Java archive could not be kept");
    }
    LOG.atWarn()
        .addKeyValue("end", end)
        .log("no archive for Java could be made; each Java task starts some 150 ms later");
    return false;
  }

  private static Launch training(String java) {
    String command =
        java
            + " -XX:ArchiveClassesAtExit=/task/tmp/java.jsa "
            + String.join(" ", Interpreters.javaFlags(LIMITS.memory()))
            + " -jar "
            + Interpreters.TOOLS
            + "/java.jar 200< <(printf 'Main.java\\0\\0') >/dev/null"
            + " && base64 -w 60000 /task/tmp/java.jsa";
    return new Launch(
        List.of("/bin/bash", "-c", command),
        Map.of("PATH", "/usr/bin:/bin"),
        List.of(
            new LaunchFile("work/Main.java", 0644, SAMPLE.getBytes(StandardCharsets.UTF_8)),
            new LaunchFile(
                "input.json", 0644, "{\"name\":\"Ada\"}".getBytes(StandardCharsets.UTF_8))),
        List.of());
  }

  /** Collects what the environment prints of the archive. */
  private static final class Base64Lines implements RunSink {
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();

    @Override
    public void log(Source source, String line) {
      if (source == Source.STDOUT) {
        text.writeBytes(line.getBytes(StandardCharsets.US_ASCII));
      }
    }

    @Override
    public void progress(double fraction, String message) {
      // None is told.
    }

    @Override
    public void awaitCounting() {
      // Nobody else could have taken it over.
    }

    int size() {
      return text.size();
    }

    byte[] decoded() {
      return Base64.getDecoder().decode(text.toByteArray());
    }
  }
}
