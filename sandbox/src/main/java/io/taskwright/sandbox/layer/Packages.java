package io.taskwright.sandbox.layer;

import io.taskwright.model.ByteSize;
import io.taskwright.model.definition.Cpu;
import io.taskwright.model.definition.TaskRuntime;
import io.taskwright.sandbox.Limits;
import io.taskwright.sandbox.Program;
import io.taskwright.sandbox.ProgramFile;
import io.taskwright.sandbox.Run;
import io.taskwright.sandbox.RunEnd;
import io.taskwright.sandbox.RunSink;
import io.taskwright.sandbox.Sandbox;
import io.taskwright.sandbox.guest.EnvironmentException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Installs packages inside a sandbox, which reaches nothing but the index of their runtime. Nothing
 * of a package is run: no script of an installation, no build.
 */
public final class Packages {
  private static final JsonMapper JSON = JsonMapper.shared();

  /** By which the host knows others, where the usual distributions keep them. */
  private static final List<Path> CERTIFICATES =
      List.of(
          Path.of("/etc/ssl/certs/ca-certificates.crt"),
          Path.of("/etc/pki/tls/certs/ca-bundle.crt"));

  private static final String CERTIFICATES_FILE = "ca.pem";

  /** For the package manager's own files, and for what a pack has beside the packages. */
  private static final ByteSize ROOM = ByteSize.ofMebibytes(64);

  /** How long it may take to install the packages of a task. */
  public static final Duration LONGEST = Duration.ofMinutes(10);

  private final PackageSettings settings;
  private final PackageTools tools;
  private final Map<String, String> platforms = new ConcurrentHashMap<>();

  private Packages(PackageSettings settings, PackageTools tools) {
    this.settings = settings;
    this.tools = tools;
  }

  /**
   * Prepares it.
   *
   * @param folder the service's own, for what environments see
   */
  public static Packages open(PackageSettings settings, Path folder) throws EnvironmentException {
    return new Packages(settings, PackageTools.unpack(folder));
  }

  /** Whether tasks may have packages here. */
  public boolean enabled() {
    return settings.enabled();
  }

  /**
   * Names what decides which files of a package fit the runtime in that sandbox; takes as long as a
   * small program at first, and no time afterwards.
   *
   * @param waiting is called while it runs, and returns when it has ended
   * @throws EnvironmentException if the sandbox does not run it
   */
  public String platform(Sandbox sandbox, TaskRuntime runtime, Consumer<Run> waiting)
      throws EnvironmentException {
    Optional<String> source = PackageTools.platform(runtime);
    if (source.isEmpty()) {
      return runtime.word();
    }
    String name = sandbox.name() + " " + runtime.word();
    String known = platforms.get(name);
    if (known != null) {
      return known;
    }
    byte[] text = source.get().getBytes(StandardCharsets.UTF_8);
    Program program =
        new Program(
            "platform",
            runtime,
            List.of(new ProgramFile(runtime.sourceFile(), text)),
            runtime.sourceFile(),
            "{}",
            Map.of(),
            List.of());
    Run run = sandbox.start(program, limits(ByteSize.ofMebibytes(1)), SILENT);
    try (run) {
      waiting.accept(run);
    }
    RunEnd end = run.end().join();
    if (end instanceof RunEnd.Returned(String output, var _)) {
      String found = JSON.readTree(output).asString("");
      platforms.put(name, found);
      return found;
    }
    throw new EnvironmentException("the platform of " + name + " was not found out: " + end);
  }

  /**
   * Starts to install packages.
   *
   * @param name unique on this host
   * @param lock which they must be; null to find that out
   * @param into takes them
   * @param sink is told what is done, as words of the sandbox
   */
  public Installing install(
      Sandbox sandbox,
      String name,
      TaskRuntime runtime,
      List<String> dependencies,
      @Nullable String lock,
      Making into,
      RunSink sink) {
    PackageIndex index = Objects.requireNonNull(settings.indexes().get(runtime));
    List<ProgramFile> files = new ArrayList<>(List.of(tools.installer(runtime)));
    Optional<byte[]> certificates = certificates();
    certificates.ifPresent(bytes -> files.add(new ProgramFile(CERTIFICATES_FILE, bytes)));
    ObjectNode input = JSON.createObjectNode().put("index", index.address().toString());
    dependencies.forEach(input.putArray("dependencies")::add);
    input.set("lock", lock == null ? JSON.nullNode() : JSON.readTree(lock));
    input.put("certificates", certificates.isEmpty() ? null : "/task/work/" + CERTIFICATES_FILE);
    Program program =
        new Program(
            name,
            runtime,
            files,
            runtime.sourceFile(),
            input.toString(),
            Map.of(),
            index.destinations());
    Program installer = tools.library(runtime).map(program::with).orElse(program);
    Installing installing =
        new Installing(dependencies, new Unpacking(into.tree(), settings.bounds()));
    ByteSize output = new ByteSize(settings.bounds().size().bytes() + ROOM.bytes());
    Run run = sandbox.start(installer, limits(output), installing.sink(sink));
    return installing.started(run);
  }

  private Limits limits(ByteSize output) {
    ByteSize largest = settings.bounds().size();
    return new Limits(
        new Cpu(500),
        null,
        ByteSize.ofMebibytes(512),
        new ByteSize(largest.bytes() * 2 + ROOM.bytes()),
        settings.bounds().files() * 2 + 2_000,
        128,
        LONGEST,
        ByteSize.ofMebibytes(4),
        output);
  }

  private static Optional<byte[]> certificates() {
    for (Path file : CERTIFICATES) {
      try {
        return Optional.of(Files.readAllBytes(file));
      } catch (IOException e) {
        // The next, or those that the package manager brings.
      }
    }
    return Optional.empty();
  }

  private static final RunSink SILENT =
      new RunSink() {
        @Override
        public void log(Source source, String line) {
          // Nothing that it says matters.
        }

        @Override
        public void progress(double fraction, String message) {
          // None is told.
        }

        @Override
        public void awaitCounting() {
          // Nobody else could have taken it over.
        }
      };
}
