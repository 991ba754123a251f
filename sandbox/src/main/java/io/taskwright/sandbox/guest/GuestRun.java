package io.taskwright.sandbox.guest;

import io.taskwright.model.ByteSize;
import io.taskwright.model.execution.Failure;
import io.taskwright.model.execution.FailureCode;
import io.taskwright.sandbox.Limits;
import io.taskwright.sandbox.Run;
import io.taskwright.sandbox.RunEnd;
import io.taskwright.sandbox.RunFiles;
import io.taskwright.sandbox.RunSink;
import io.taskwright.sandbox.Usage;
import io.taskwright.sandbox.frame.FrameReader;
import io.taskwright.sandbox.frame.FrameWriter;
import io.taskwright.sandbox.frame.GuestEnd;
import io.taskwright.sandbox.frame.MalformedFrameException;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One program in one environment, from its opening to its removal, on a thread of its own. */
public final class GuestRun implements Run {
  /** From SIGTERM to SIGKILL. */
  public static final Duration GRACE = Duration.ofSeconds(5);

  /** How long after its time the warden may take to end it; then the host does. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Files of the warden beside the program's: folders, input, output, report, progress. */
  public static final int OWN_FILES = 16;

  /** Makes the environment of one run. */
  public interface Opener {
    /** Opens it; the warden in it may still be starting. */
    Environment open() throws EnvironmentException;
  }

  private enum Phase {
    OPENING,
    SETTING_UP,
    RUNNING,
    OVER
  }

  private final String name;
  private final Launch launch;
  private final Limits limits;
  private final RunSink sink;
  private final ScheduledExecutorService clock;
  private final CompletableFuture<RunEnd> end = new CompletableFuture<>();

  private Phase phase = Phase.OPENING;
  private boolean stopped;
  private boolean overdue;
  private @Nullable Environment environment;
  private @Nullable FrameWriter writer;
  private @Nullable Thread thread;

  private GuestRun(
      String name, Launch launch, Limits limits, RunSink sink, ScheduledExecutorService clock) {
    this.name = name;
    this.launch = launch;
    this.limits = limits;
    this.sink = sink;
    this.clock = clock;
  }

  /**
   * Starts the program.
   *
   * @param name of the environment
   * @param threads for the run, and to end what the warden does not end in time
   */
  public static GuestRun start(
      String name, Opener opener, Launch launch, Limits limits, RunSink sink, RunThreads threads) {
    GuestRun run = new GuestRun(name, launch, limits, sink, threads.clock());
    threads.runs().execute(() -> run.live(opener));
    return run;
  }

  @Override
  public String environment() {
    return name;
  }

  @Override
  public CompletableFuture<RunEnd> end() {
    return end;
  }

  @Override
  public synchronized void stop() {
    stopped = true;
    if (phase == Phase.RUNNING && writer != null) {
      try {
        writer.stop();
      } catch (IOException e) {
        // It is ending already.
      }
    } else if (environment != null) {
      environment.kill();
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      stopped = true;
      if (environment != null) {
        environment.kill();
      }
      if (Thread.currentThread().equals(thread) || Thread.holdsLock(sink)) {
        return; // The sink closes the run: its end comes when the sink returns.
      }
    }
    end.join();
  }

  private void live(Opener opener) {
    long start = System.nanoTime();
    RunEnd result;
    try {
      result = run(opener, start);
    } catch (EnvironmentException e) {
      String message = e.getMessage() == null ? "the environment did not start" : e.getMessage();
      result = new RunEnd.Failed(Failures.environment(message), Usage.NONE);
    } catch (RuntimeException e) {
      result =
          new RunEnd.Failed(Failure.of(FailureCode.INTERNAL, "the run broke: " + e), Usage.NONE);
    }
    synchronized (this) {
      phase = Phase.OVER;
    }
    end.complete(result);
  }

  private RunEnd run(Opener opener, long start) throws EnvironmentException {
    Environment opened = opener.open();
    Future<?> deadline =
        clock.schedule(
            this::overdue, limits.wall().plus(PATIENCE).toMillis(), TimeUnit.MILLISECONDS);
    GuestTalk talk = new GuestTalk(limits, launch.exchanged().kept(), sink);
    Traces traces;
    try {
      talk(opened, talk);
    } finally {
      synchronized (this) {
        phase = Phase.OVER;
      }
      traces = opened.end();
      deadline.cancel(false);
    }
    talk.finish();
    Duration wall = Duration.ofNanos(System.nanoTime() - start);
    return verdict(talk, traces, usage(talk.end(), traces, wall));
  }

  /** What the host counted is more than the warden saw, where the host can count. */
  private static Usage usage(@Nullable GuestEnd end, Traces traces, Duration wall) {
    if (end == null) {
      return new Usage(wall, traces.cpu(), traces.peakMemory());
    }
    ByteSize peak = Collections.max(List.of(traces.peakMemory(), end.peak(), end.memory()));
    return new Usage(wall, Collections.max(List.of(traces.cpu(), end.cpu())), peak);
  }

  private RunEnd verdict(GuestTalk talk, Traces traces, Usage usage) {
    Verdict verdict =
        new Verdict(limits, traces, usage, talk.output(), talk.report(), talk.lastWords());
    GuestEnd guestEnd = talk.end();
    RuntimeException broken = talk.sinkFailure();
    if (broken != null) {
      String message = "the run was ended because what it said could not be taken: " + broken;
      return new RunEnd.Failed(Failure.of(FailureCode.INTERNAL, message), usage);
    }
    if (guestEnd != null) {
      return talk.withFiles(verdict.of(guestEnd));
    }
    synchronized (this) {
      return stopped
          ? new RunEnd.Stopped(usage)
          : verdict.ofSilence(talk.started(), overdue, talk.complaint());
    }
  }

  /** Sends the program in and listens until the environment has nothing more to say. */
  private void talk(Environment opened, GuestTalk talk) {
    FrameReader reader = new FrameReader(talk);
    FrameWriter frames = new FrameWriter(opened.input());
    synchronized (this) {
      thread = Thread.currentThread();
      environment = opened;
      phase = Phase.SETTING_UP;
      if (stopped || overdue) {
        opened.kill();
      }
    }
    try {
      send(frames);
      synchronized (this) {
        writer = frames;
        phase = Phase.RUNNING;
        if (stopped) {
          frames.stop();
        }
      }
    } catch (IOException e) {
      talk.complain("it took no program: " + e.getMessage()); // What it says below tells more.
    }
    listen(opened, talk, reader);
  }

  private void listen(Environment opened, GuestTalk talk, FrameReader reader) {
    byte[] buffer = new byte[16384];
    try {
      for (int count; (count = opened.output().read(buffer)) >= 0; ) {
        reader.accept(buffer, 0, count);
        if (talk.sinkFailure() != null) {
          opened.kill();
        }
      }
    } catch (IOException | MalformedFrameException e) {
      opened.kill();
      talk.complain("it said something else than a warden does: " + e.getMessage());
    }
    talk.complain(reader.complaint());
  }

  private void send(FrameWriter frames) throws IOException {
    frames.limits(
        limits.wall(),
        GRACE,
        limits.memory().bytes(),
        (long) limits.files() + OWN_FILES,
        limits.log().bytes(),
        limits.output().bytes(),
        Objects.requireNonNullElse(limits.cpuTime(), Duration.ZERO));
    for (Launch.LaunchFile file : launch.files()) {
      frames.file(file.path(), file.mode(), file.content());
    }
    for (RunFiles.Given given : launch.exchanged().given()) {
      frames.file("work/" + given.path(), 0644, given.content());
    }
    if (!launch.exchanged().kept().none()) {
      frames.collect(launch.exchanged().kept());
    }
    for (Map.Entry<String, String> variable : launch.variables().entrySet()) {
      frames.variable(variable.getKey(), variable.getValue());
    }
    for (String word : launch.words()) {
      frames.word(word);
    }
    frames.start();
  }

  private void overdue() {
    synchronized (this) {
      overdue = true;
      if (environment != null) {
        environment.kill();
      }
    }
  }
}
