package io.taskwright.sandbox.wasm;

import io.taskwright.model.ByteSize;
import io.taskwright.sandbox.Run;
import io.taskwright.sandbox.RunEnd;
import io.taskwright.sandbox.Usage;
import io.taskwright.sandbox.guest.Failures;
import io.taskwright.sandbox.guest.LiveRuns;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import run.endive.runtime.WasmInterruptedException;

/** A run on a thread of this process, which is interrupted to end it. */
public final class ThreadRun implements Run {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** What runs. An interruption of its thread ends it with {@link WasmInterruptedException}. */
  public interface Guest {
    /** What must be there before its time begins to count. */
    default void prepare() {}

    /** Runs to its end. */
    Outcome live();

    /** The most memory that it held. */
    long mostBytes();
  }

  private enum Interruption {
    STOPPED,
    OVERDUE
  }

  private final String name;
  private final Duration wall;
  private final Guest guest;
  private final CompletableFuture<RunEnd> end = new CompletableFuture<>();

  private @Nullable Thread thread;
  private @Nullable Interruption interruption;

  private ThreadRun(String name, Duration wall, Guest guest) {
    this.name = name;
    this.wall = wall;
    this.guest = guest;
  }

  /**
   * Starts the guest.
   *
   * @param program whose name the run's is made of
   * @param wall after which it is ended
   */
  public static ThreadRun start(LiveRuns live, String program, Duration wall, Guest guest) {
    ThreadRun run = live.add(new ThreadRun(live.nextName(program), wall, guest));
    live.threads().runs().execute(() -> run.live(live.threads().clock()));
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
  public void stop() {
    interrupt(Interruption.STOPPED);
  }

  @Override
  public void close() {
    stop();
    synchronized (this) {
      if (Thread.currentThread().equals(thread)) {
        return; // The sink closes the run: its end comes when the sink returns.
      }
    }
    end.join();
  }

  private void live(ScheduledExecutorService clock) {
    long start = System.nanoTime();
    long cpu = THREADS.getCurrentThreadCpuTime();
    begin(Thread.currentThread());
    Outcome outcome = outcome(clock);
    boolean _ = finished(); // The thread goes on to other runs, without an interruption.
    Usage usage =
        new Usage(
            Duration.ofNanos(System.nanoTime() - start),
            Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - cpu),
            new ByteSize(guest.mostBytes()));
    end.complete(outcome.end(usage));
  }

  private Outcome outcome(ScheduledExecutorService clock) {
    try {
      guest.prepare();
      Future<?> deadline =
          clock.schedule(
              () -> interrupt(Interruption.OVERDUE), wall.toMillis(), TimeUnit.MILLISECONDS);
      try {
        return guest.live();
      } finally {
        deadline.cancel(false);
      }
    } catch (BrokenLimitException e) {
      return new Outcome.Failed(e.failure());
    } catch (WasmInterruptedException e) {
      return interrupted();
    } catch (RuntimeException e) {
      return new Outcome.Failed(Failures.environment("what runs the program broke: " + e));
    }
  }

  private synchronized Outcome interrupted() {
    return interruption == Interruption.STOPPED
        ? new Outcome.Stopped()
        : new Outcome.Failed(Failures.timeout(wall));
  }

  private synchronized void begin(Thread own) {
    thread = own;
    if (interruption != null) {
      own.interrupt();
    }
  }

  private synchronized boolean finished() {
    thread = null;
    return Thread.interrupted();
  }

  private synchronized void interrupt(Interruption why) {
    if (interruption == null) {
      interruption = why;
    }
    if (thread != null) {
      thread.interrupt();
    }
  }
}
