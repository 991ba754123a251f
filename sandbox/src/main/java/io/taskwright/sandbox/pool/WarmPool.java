package io.taskwright.sandbox.pool;

import io.taskwright.sandbox.guest.EnvironmentException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Environments that wait, each with its runtime started, for programs of the kinds that were run
 * lately. As many wait as programs of the kind came in the last seconds, between the settings'
 * floor and cap; what is taken is replaced in the background.
 */
final class WarmPool implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WarmPool.class);
  private static final Duration PAUSE = Duration.ofSeconds(5);

  /** Makes an environment of a kind, with its runtime started. */
  interface Maker {
    Stand make(PoolKey key) throws EnvironmentException;
  }

  private final WarmSettings settings;
  private final Maker maker;
  private final LongSupplier clock;
  private final Executor background;
  private final int makers;
  private final Map<PoolKey, Shelf> shelves = new HashMap<>();
  private int making;
  private int ending;
  private boolean closed;

  /**
   * Has nothing yet.
   *
   * @param clock nanoseconds that only go forward
   * @param makers how many environments are made at once, at most
   */
  WarmPool(
      WarmSettings settings, Maker maker, LongSupplier clock, Executor background, int makers) {
    this.settings = settings;
    this.maker = maker;
    this.clock = clock;
    this.background = background;
    this.makers = makers;
  }

  /** One that waits for a program of this kind. Returns at once; another is made for the next. */
  Optional<Stand> take(PoolKey key) {
    Optional<Stand> taken;
    List<Stand> dead = new ArrayList<>();
    synchronized (this) {
      if (closed || settings.most() == 0) {
        return Optional.empty();
      }
      Shelf shelf = shelves.computeIfAbsent(key, _ -> new Shelf(key, clock.getAsLong()));
      shelf.demand.add(clock.getAsLong());
      taken = shelf.take(dead);
      discard(dead);
    }
    fill();
    return taken;
  }

  /** Ends those that nobody will come for, and replaces those that waited for too long. */
  void tend() {
    List<Stand> old = new ArrayList<>();
    synchronized (this) {
      long now = clock.getAsLong();
      shelves.values().forEach(shelf -> shelf.tend(now, old));
      shelves.values().removeIf(shelf -> shelf.isForgotten(now));
      discard(old);
    }
    fill();
  }

  /** Ends all that wait, and waits for their end; what is asked for later finds others. */
  void cool() {
    List<Stand> all = new ArrayList<>();
    synchronized (this) {
      shelves.values().forEach(shelf -> shelf.clear(all));
      shelves.clear();
      awaitOthers();
    }
    all.forEach(WarmPool::end);
  }

  /** How many wait. */
  synchronized int waiting() {
    return shelves.values().stream().mapToInt(shelf -> shelf.idle.size()).sum();
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    cool();
  }

  private void awaitOthers() {
    boolean interrupted = false;
    while (making > 0 || ending > 0) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void fill() {
    Shelf shelf;
    List<Stand> evicted = new ArrayList<>();
    synchronized (this) {
      shelf = closed || making >= makers ? null : next(evicted);
      if (shelf == null) {
        return;
      }
      making++;
      discard(evicted);
    }
    background.execute(() -> make(shelf.key));
  }

  private void make(PoolKey key) {
    try {
      Stand made = maker.make(key);
      if (!keep(key, made)) {
        end(made);
      }
    } catch (EnvironmentException e) {
      LOG.atWarn().setCause(e).log("no environment could be made in advance; runs make their own");
      pause(key);
    } finally {
      count(-1, 0);
    }
    fill();
  }

  private synchronized boolean keep(PoolKey key, Stand stand) {
    Shelf shelf = shelves.get(key);
    if (closed || shelf == null) {
      return false;
    }
    shelf.idle.addLast(new Idle(stand, clock.getAsLong()));
    return true;
  }

  private synchronized void pause(PoolKey key) {
    Shelf shelf = shelves.get(key);
    if (shelf != null) {
      shelf.pausedUntil = clock.getAsLong() + PAUSE.toNanos();
    }
  }

  private synchronized void count(int makers, int enders) {
    making += makers;
    ending += enders;
    notifyAll();
  }

  /** The kind that lacks most; others that were not asked for as lately give way to it. */
  private @Nullable Shelf next(List<Stand> evicted) {
    long now = clock.getAsLong();
    Shelf poorest = null;
    for (Shelf shelf : shelves.values()) {
      int most = poorest == null ? 0 : poorest.lacking(now);
      if (shelf.lacking(now) > most) {
        poorest = shelf;
      }
    }
    boolean room = poorest != null && waiting() + making < settings.most();
    return room || (poorest != null && giveWay(poorest, evicted)) ? poorest : null;
  }

  private boolean giveWay(Shelf to, List<Stand> evicted) {
    return shelves.values().stream()
        .filter(shelf -> !shelf.idle.isEmpty() && shelf.demand.last() < to.demand.last())
        .min(Comparator.comparingLong(shelf -> shelf.demand.last()))
        .map(shelf -> evicted.add(shelf.idle.removeFirst().stand()))
        .orElse(false);
  }

  private void discard(List<Stand> stands) {
    count(0, stands.size());
    for (Stand stand : stands) {
      background.execute(() -> {
        end(stand);
        count(0, -1);
      });
    }
  }

  private static void end(Stand stand) {
    stand.kill();
    stand.end();
  }

  private record Idle(Stand stand, long since) {}

  /** The environments of one kind, the oldest first. Guarded by the pool. */
  private final class Shelf {
    private final PoolKey key;
    private final Demand demand;
    private final Deque<Idle> idle = new ArrayDeque<>();
    private long pausedUntil;

    Shelf(PoolKey key, long now) {
      this.key = key;
      demand = new Demand(now);
      pausedUntil = now;
    }

    Optional<Stand> take(List<Stand> dead) {
      while (!idle.isEmpty()) {
        Stand stand = idle.removeFirst().stand();
        if (stand.alive()) {
          return Optional.of(stand);
        }
        dead.add(stand);
      }
      return Optional.empty();
    }

    int lacking(long now) {
      return now < pausedUntil ? 0 : target(now) - idle.size();
    }

    void tend(long now, List<Stand> old) {
      while (idle.size() > target(now)
          || (!idle.isEmpty() && now - idle.getFirst().since() > settings.age().toNanos())) {
        old.add(idle.removeFirst().stand());
      }
    }

    void clear(List<Stand> all) {
      idle.forEach(one -> all.add(one.stand()));
      idle.clear();
    }

    boolean isForgotten(long now) {
      return now - demand.last() > settings.idle().toNanos();
    }

    private int target(long now) {
      if (isForgotten(now)) {
        return 0;
      }
      int wanted = Math.max(settings.least(), (int) Math.round(demand.at(now)));
      return Math.min(settings.most(), wanted);
    }
  }
}
