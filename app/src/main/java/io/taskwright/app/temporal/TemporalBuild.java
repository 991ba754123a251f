package io.taskwright.app.temporal;

import io.taskwright.app.data.Template;
import io.taskwright.app.machine.Cache;
import io.taskwright.app.machine.Obstacle;
import io.taskwright.app.machine.Progress;
import io.taskwright.app.machine.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Builds Temporal's pinned programs into the cache.
 *
 * @param source the compiler and the versions
 * @param cache where the programs are kept
 * @param progress hears how far it is
 */
public record TemporalBuild(TemporalSource.Buildable source, Cache cache, Progress progress) {
  private static final Duration LIMIT = Duration.ofHours(1);
  private static final Duration BETWEEN_NEWS = Duration.ofSeconds(15);

  /** The programs, built when nobody has built them before. */
  public TemporalSource.Programs programs() {
    return new TemporalSource.Programs(
        cache.get(source.pins().cacheName(), this::build), source.pins());
  }

  private void build(Path folder) throws IOException {
    progress.say(
        "Building Temporal %s and its Web UI %s with Go, once; this takes some minutes"
            .formatted(source.pins().server(), source.pins().ui()));
    Path module = Files.createDirectory(folder.resolve("source"));
    for (String file : List.of("go.mod", "go.sum")) {
      Files.writeString(module.resolve(file), Template.beside(TemporalBuild.class, file).text());
    }
    for (TemporalProgram program : TemporalProgram.values()) {
      build(module, folder, program);
    }
  }

  private void build(Path module, Path folder, TemporalProgram program) {
    Tool compiler =
        new Tool(
            List.of(
                source.go().toString(),
                "build",
                "-v",
                "-trimpath",
                "-ldflags=-s -w",
                "-o",
                folder.resolve(program.file()).toString(),
                program.goPackage()),
            Map.of(),
            module);
    News news = new News(program.file(), progress);
    Tool.Result result = compiler.run(LIMIT, news::line);
    if (!result.succeeded()) {
      throw new Obstacle(
          "Go could not build %s:\n%s\nSee that Go is new enough and can fetch modules, or choose another Temporal: up --temporal HOST:PORT."
              .formatted(program.goPackage(), result.tail(15)));
    }
  }

  /** Turns a line for each compiled package into a line now and then. */
  private static final class News {
    private final String program;
    private final Progress progress;
    private final AtomicInteger fetched = new AtomicInteger();
    private final AtomicInteger compiled = new AtomicInteger();
    private final Instant start = Instant.now();
    private Instant last = start;

    News(String program, Progress progress) {
      this.program = program;
      this.progress = progress;
    }

    void line(String line) {
      (line.startsWith("go: downloading") ? fetched : compiled).incrementAndGet();
      Instant now = Instant.now();
      if (now.isAfter(last.plus(BETWEEN_NEWS))) {
        last = now;
        progress.say(
            "  %s: %d modules fetched, %d packages compiled, %d s"
                .formatted(
                    program,
                    fetched.get(),
                    compiled.get(),
                    Duration.between(start, now).toSeconds()));
      }
    }
  }
}
