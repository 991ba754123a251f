package io.taskwright.app.supervisor;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs parts until it is told to stop. One loop takes what happened from a queue, one thing after
 * the other, and then does what is due; what may take long is done by helper threads, which put
 * their results into the queue. So no state here is shared between threads.
 */
public final class Supervisor {
  /** How it ended. */
  public sealed interface End {
    /** It was told to. */
    record Stopped() implements End {}

    /**
     * A part failed again and again before the service was ready for the first time.
     *
     * @param part its last status
     * @param ran whether its program ran at all, so that its log can say more
     */
    record GaveUp(PartStatus part, boolean ran) implements End {}
  }

  /** Who wants to know. Called by the loop, so it must be quick. */
  public interface Listener {
    /** Something changed; the parts stand in the order in which they are started. */
    void changed(List<PartStatus> parts);

    /** Something happened, as one line for the log. */
    void happened(String line);
  }

  private static final Duration BETWEEN_CHECKS = Duration.ofMillis(50);
  private static final Duration LONGEST_NAP = Duration.ofSeconds(10);

  private final List<Watch> watches;
  private final Listener listener;
  private final Child.Starter starter;
  private final InstantSource clock;
  private final BlockingQueue<Runnable> events = new LinkedBlockingQueue<>();

  private @Nullable End end;
  private boolean onceReady;
  private List<PartStatus> published = List.of();

  /** A supervisor of these parts; they are ended in the opposite order. */
  public Supervisor(List<Part> parts, Listener listener) {
    this(parts, listener, LinuxChild::start, InstantSource.system());
  }

  Supervisor(List<Part> parts, Listener listener, Child.Starter starter, InstantSource clock) {
    this.watches = parts.stream().map(Watch::new).toList();
    this.listener = listener;
    this.starter = starter;
    this.clock = clock;
  }

  /** Ends all parts; {@link #run} returns when none runs any more. From any thread. */
  public void stop() {
    events.add(() -> end(new End.Stopped()));
  }

  /** Looks what is due, though nothing happened; for a clock that is set. */
  void wake() {
    events.add(() -> {});
  }

  /**
   * Starts the parts, and returns when they have ended. All processes are started by this thread.
   */
  public End run() throws InterruptedException {
    while (true) {
      act();
      publish();
      if (end != null && watches.stream().allMatch(Watch::stopped)) {
        return end;
      }
      Runnable event = events.poll(nap().toMillis(), TimeUnit.MILLISECONDS);
      if (event != null) {
        event.run();
      }
    }
  }

  private Duration nap() {
    Instant now = clock.instant();
    // What is due already waits for something to happen, and that ends the nap.
    return watches.stream()
        .map(Watch::due)
        .filter(due -> due.isAfter(now) && due.isBefore(now.plus(LONGEST_NAP)))
        .min(Comparator.naturalOrder())
        .map(due -> Duration.between(now, due).plusMillis(1))
        .orElse(LONGEST_NAP);
  }

  private void act() {
    if (end != null) {
      stopNext();
      return;
    }
    Instant now = clock.instant();
    for (Watch watch : watches) {
      if (watch.startable(now) && needsReady(watch)) {
        prepare(watch);
      } else if (watch.state() == PartState.STARTING && !watch.due().isAfter(now)) {
        watch.overdue();
      }
    }
    for (Watch watch : watches) {
      LogFile.rotateWhenLarge(watch.part.log());
    }
  }

  private boolean needsReady(Watch watch) {
    return watches.stream()
        .filter(other -> watch.part.needs().contains(other.part.name()))
        .allMatch(Watch::ready);
  }

  private void prepare(Watch watch) {
    // A platform thread: what it starts may be told to end when the thread does.
    watch.preparing(
        Thread.ofPlatform()
            .daemon()
            .name("prepare " + watch.part.name())
            .start(() -> {
              try {
                watch.part.launch().preparation().prepare();
                events.add(() -> start(watch));
              } catch (Exception e) {
                events.add(() -> notPrepared(watch, message(e)));
              }
            }));
  }

  private void notPrepared(Watch watch, String why) {
    watch.prepared();
    ended(watch, why, false);
  }

  private void start(Watch watch) {
    watch.prepared();
    if (end != null) {
      watch.halted();
      return;
    }
    try {
      Child child = starter.start(watch.part);
      watch.started(child, clock.instant());
      child.onEnd(code -> events.add(() -> exited(watch, child, code)));
      Thread.ofVirtual().name("ask " + watch.part.name()).start(() -> askUntilReady(watch, child));
    } catch (IOException e) {
      ended(watch, message(e), false);
    }
  }

  private void askUntilReady(Watch watch, Child child) {
    try {
      while (child.alive()) {
        if (ready(watch, child)) {
          events.add(() -> becameReady(watch, child));
          return;
        }
        Thread.sleep(BETWEEN_CHECKS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean ready(Watch watch, Child child) {
    try {
      return watch.part.readiness().check().ready();
    } catch (Exception e) {
      String problem = message(e);
      events.add(() -> watch.notYet(child, problem));
      return false;
    }
  }

  private void becameReady(Watch watch, Child child) {
    if (end == null && watch.runs(child)) {
      watch.becameReady(clock.instant());
      happened(watch, "ready");
      onceReady |= watches.stream().allMatch(Watch::ready);
    }
  }

  private void exited(Watch watch, Child child, int code) {
    if (watch.runs(child)) {
      ended(watch, watch.why(code), true);
    }
  }

  private void ended(Watch watch, String why, boolean ran) {
    if (end != null) {
      watch.halted();
      return;
    }
    Instant now = clock.instant();
    watch.ended(why, now);
    happened(
        watch, why + "; starts again in " + Duration.between(now, watch.due()).toMillis() + " ms");
    if (watch.failed() && !onceReady) {
      end(new End.GaveUp(watch.status(), ran));
    }
  }

  private void end(End how) {
    if (end == null) {
      end = how;
      listener.happened("stopping");
    }
  }

  /** Ends the last part that still runs; the one before it has its turn when that is done. */
  private void stopNext() {
    for (Watch watch : watches.reversed()) {
      if (watch.interruptPreparation()) {
        return;
      }
      if (!watch.running()) {
        watch.halted();
        continue;
      }
      if (watch.state() != PartState.STOPPING) {
        watch.stopping(clock.instant());
      } else if (!watch.due().isAfter(clock.instant())) {
        happened(watch, "does not end; it is killed");
        watch.kill();
      }
      return;
    }
  }

  private void publish() {
    List<PartStatus> now = watches.stream().map(Watch::status).toList();
    if (!now.equals(published)) {
      published = now;
      listener.changed(now);
    }
  }

  private void happened(Watch watch, String what) {
    listener.happened(watch.part.name() + ": " + what);
  }

  private static String message(Exception e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
