package io.taskwright.sandbox.conformance;

import io.taskwright.model.ByteSize;
import io.taskwright.model.definition.Cpu;
import io.taskwright.model.definition.Destination;
import io.taskwright.model.definition.TaskRuntime;
import io.taskwright.model.file.FilePattern;
import io.taskwright.model.file.OutputFiles;
import io.taskwright.model.secret.SecretValue;
import io.taskwright.sandbox.Limits;
import io.taskwright.sandbox.Program;
import io.taskwright.sandbox.ProgramFile;
import io.taskwright.sandbox.Run;
import io.taskwright.sandbox.RunEnd;
import io.taskwright.sandbox.RunFiles;
import io.taskwright.sandbox.RunSink;
import io.taskwright.sandbox.Sandbox;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One program to be run in a test, with limits that are small unless the test says more. */
public final class Trial {
  private static final long PATIENCE_SECONDS = 90;

  private final Sandbox sandbox;
  private final TaskRuntime runtime;
  private final List<ProgramFile> files = new ArrayList<>();
  private final Map<String, String> environment = new HashMap<>();
  private final List<Destination> egress = new ArrayList<>();
  private final Map<String, SecretValue> secrets = new HashMap<>();
  private final List<RunFiles.Given> given = new ArrayList<>();
  private OutputFiles kept = OutputFiles.NONE;
  private String entry;
  private @Nullable Path layer;
  private @Nullable String signals;
  private String input = "null";
  private Cpu cpuQuota = new Cpu(1000);
  private ByteSize memory = ByteSize.ofMebibytes(128);
  private ByteSize disk = ByteSize.ofMebibytes(32);
  private int fileCount = 1000;
  private int processes = 64;
  private Duration wall = Duration.ofSeconds(30);
  private ByteSize log = ByteSize.ofMebibytes(1);
  private ByteSize output = new ByteSize(256 << 10);
  private @Nullable Duration cpuTime;

  private Trial(Sandbox sandbox, TaskRuntime runtime) {
    this.sandbox = sandbox;
    this.runtime = runtime;
    this.entry = runtime.sourceFile();
  }

  /** A program of one file. */
  public static Trial of(Sandbox sandbox, TaskRuntime runtime, String source) {
    return new Trial(sandbox, runtime).file(runtime.sourceFile(), source);
  }

  public Trial file(String path, String text) {
    files.add(new ProgramFile(path, text.getBytes(StandardCharsets.UTF_8)));
    return this;
  }

  public Trial file(String path, byte[] content) {
    files.add(new ProgramFile(path, content));
    return this;
  }

  public Trial entry(String path) {
    entry = path;
    return this;
  }

  public Trial input(String json) {
    input = json;
    return this;
  }

  public Trial variable(String name, String value) {
    environment.put(name, value);
    return this;
  }

  public Trial secret(String name, String value) {
    secrets.put(name, new SecretValue(value));
    return this;
  }

  /** Lets it connect there. */
  public Trial egress(String... destinations) {
    for (String destination : destinations) {
      egress.add(Destination.parse(destination).orElseThrow());
    }
    return this;
  }

  /** Lays a file of the host beside the program. */
  public Trial given(String path, Path content) {
    given.add(new RunFiles.Given(path, content));
    return this;
  }

  /** Asks for files that it leaves, at most 20 of 8 MiB. */
  public Trial keeps(String... patterns) {
    return keeps(20, 8, patterns);
  }

  /** Asks for files that it leaves. */
  public Trial keeps(int most, long mebibytes, String... patterns) {
    kept =
        new OutputFiles(
            Arrays.stream(patterns).map(FilePattern::new).toList(),
            most,
            ByteSize.ofMebibytes(mebibytes));
    return this;
  }

  public Trial cpuQuota(int millicores) {
    cpuQuota = new Cpu(millicores);
    return this;
  }

  public Trial memory(long mebibytes) {
    memory = ByteSize.ofMebibytes(mebibytes);
    return this;
  }

  public Trial disk(long mebibytes) {
    disk = ByteSize.ofMebibytes(mebibytes);
    return this;
  }

  public Trial files(int count) {
    fileCount = count;
    return this;
  }

  public Trial processes(int count) {
    processes = count;
    return this;
  }

  public Trial wall(Duration limit) {
    wall = limit;
    return this;
  }

  public Trial cpuTime(Duration limit) {
    cpuTime = limit;
    return this;
  }

  public Trial log(long bytes) {
    log = new ByteSize(bytes);
    return this;
  }

  public Trial output(long bytes) {
    output = new ByteSize(bytes);
    return this;
  }

  /** Shows it the packages in a folder. */
  public Trial layer(Path packages) {
    layer = packages;
    return this;
  }

  /** Runs it to its end. */
  public Result run() {
    return start().await();
  }

  /** What it was told before, as a JSON array. */
  public Trial told(String before) {
    signals = before;
    return this;
  }

  /** Starts it. */
  public Started start() {
    Told told = new Told();
    return new Started(start(told), told);
  }

  /** Starts it with another sink. */
  public Run start(RunSink sink) {
    Program program =
        new Program(
            "trial",
            runtime,
            files,
            entry,
            input,
            environment,
            egress,
            secrets,
            new RunFiles(given, kept),
            layer,
            signals);
    Limits limits =
        new Limits(
            new Cpu(500), cpuQuota, memory, disk, fileCount, processes, wall, log, output, cpuTime);
    return sandbox.start(program, limits, sink);
  }

  /** A program that runs. */
  public record Started(Run run, Told told) {
    /** Waits for its end. */
    public Result await() {
      try {
        return new Result(run.end().get(PATIENCE_SECONDS, TimeUnit.SECONDS), told);
      } catch (Exception e) {
        throw new AssertionError("no end came: " + told.everything(), e);
      }
    }
  }

  /** How a program ended, and what it had said. */
  public record Result(RunEnd end, Told told) {}
}
