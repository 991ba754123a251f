package io.taskwright.sandbox.pool;

import io.taskwright.sandbox.Limits;
import io.taskwright.sandbox.Room;
import io.taskwright.sandbox.Run;
import io.taskwright.sandbox.RunSink;
import io.taskwright.sandbox.egress.WayOut;
import io.taskwright.sandbox.frame.FrameReader;
import io.taskwright.sandbox.frame.FrameWriter;
import io.taskwright.sandbox.guest.Environment;
import io.taskwright.sandbox.guest.EnvironmentException;
import io.taskwright.sandbox.guest.GuestRun;
import io.taskwright.sandbox.guest.Harness;
import io.taskwright.sandbox.guest.Launch;
import io.taskwright.sandbox.guest.Layer;
import io.taskwright.sandbox.guest.LiveRuns;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * The environments of a back end and the runs in them. Each environment is used once and never
 * reset; one that was made before it was needed is the same thing, and nothing of a task is in it.
 */
public final class EnvironmentPool implements AutoCloseable {
  private static final long TEND_SECONDS = 5;

  /** How long an environment that is made in advance may take to stand. */
  private static final long PATIENCE_SECONDS = 30;

  private final LiveRuns live;
  private final String prefix;
  private final WaysOut waysOut;
  private final Opener opener;
  private final WarmPool warm;

  /**
   * Has no environment yet.
   *
   * @param backEnd its name
   * @param prefix of the names of all its environments
   * @param makers how many are made in advance at once, at most
   */
  public EnvironmentPool(
      String backEnd,
      String prefix,
      WaysOut waysOut,
      Opener opener,
      WarmSettings settings,
      int makers) {
    this.live = new LiveRuns(backEnd);
    this.prefix = prefix;
    this.waysOut = waysOut;
    this.opener = opener;
    this.warm =
        new WarmPool(settings, this::makeAhead, System::nanoTime, live.threads().runs(), makers);
    var _ =
        live.threads()
            .clock()
            .scheduleWithFixedDelay(warm::tend, TEND_SECONDS, TEND_SECONDS, TimeUnit.SECONDS);
  }

  /** The next environment's name, for a program's. */
  public String nextName(String program) {
    return prefix + live.nextName(program);
  }

  /**
   * Starts a program in an environment that waits for one of its kind, or in a new one. None waits
   * with packages: what is brought into it could be cleared away meanwhile.
   */
  public Run start(String program, Launch launch, Limits limits, RunSink sink) {
    Room room = limits.room();
    boolean outgoing = !launch.egress().isEmpty();
    Optional<Stand> waiting =
        launch
            .harness()
            .filter(_ -> launch.layer().isEmpty())
            .flatMap(harness -> warm.take(new PoolKey(harness, room, outgoing)));
    String name = waiting.map(Stand::name).orElseGet(() -> nextName(program));
    RunSink shared = outgoing ? new SharedSink(sink) : sink;
    GuestRun.Opener environment =
        () -> lead(waiting.isPresent() ? waiting.get() : made(name, launch, room), launch, shared);
    return live.add(GuestRun.start(name, environment, launch, limits, shared, live.threads()));
  }

  /** For what a back end does beside its runs. */
  public Executor threads() {
    return live.threads().runs();
  }

  /** Ends the environments that wait. */
  public void cool() {
    warm.cool();
  }

  /** How many environments wait. */
  public int waiting() {
    return warm.waiting();
  }

  @Override
  public void close() {
    warm.close();
    live.close();
  }

  private Stand makeAhead(PoolKey key) throws EnvironmentException {
    Optional<Layer> none = Optional.empty();
    Stand stand = open(nextName("warm"), key.room(), key.outgoing(), none);
    prepare(stand, key.harness());
    Future<?> deadline =
        live.threads().clock().schedule(stand::kill, PATIENCE_SECONDS, TimeUnit.SECONDS);
    try {
      if (FrameReader.readsReady(stand.output())) {
        return stand;
      }
    } catch (IOException e) {
      // It is gone.
    } finally {
      deadline.cancel(false);
    }
    stand.kill();
    stand.end();
    throw new EnvironmentException("the environment was gone before it stood");
  }

  private Stand made(String name, Launch launch, Room room) throws EnvironmentException {
    Stand stand = open(name, room, !launch.egress().isEmpty(), launch.layer());
    launch.harness().ifPresent(harness -> prepare(stand, harness));
    return stand;
  }

  private Stand open(String name, Room room, boolean outgoing, Optional<Layer> layer)
      throws EnvironmentException {
    if (!outgoing) {
      Environment environment = opener.open(name, room, Optional.empty(), layer);
      return new Stand(name, environment, Optional.empty());
    }
    WayOut wayOut = waysOut.make();
    try {
      Environment environment = opener.open(name, room, Optional.of(wayOut.folder()), layer);
      return new Stand(name, environment, Optional.of(wayOut));
    } catch (EnvironmentException | RuntimeException e) {
      wayOut.close();
      throw e;
    }
  }

  private Stand lead(Stand stand, Launch launch, RunSink sink) throws EnvironmentException {
    try {
      stand.take();
      if (stand.wayOut().isPresent()) {
        waysOut.lead(stand.wayOut().get(), launch.egress(), sink);
      }
      return stand;
    } catch (EnvironmentException | RuntimeException e) {
      stand.kill();
      stand.end();
      throw e;
    }
  }

  private static void prepare(Stand stand, Harness harness) {
    FrameWriter frames = new FrameWriter(stand.input());
    try {
      for (Map.Entry<String, String> variable : harness.variables().entrySet()) {
        frames.variable(variable.getKey(), variable.getValue());
      }
      for (String word : harness.words()) {
        frames.word(word);
      }
      frames.prepare();
    } catch (IOException e) {
      // It is ending already; what it says, when it is listened to, tells why.
    }
  }
}
