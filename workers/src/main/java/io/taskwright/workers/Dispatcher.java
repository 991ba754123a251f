package io.taskwright.workers;

import io.taskwright.store.Notices;
import io.taskwright.store.execution.Dispatch;
import io.taskwright.store.execution.Dispatch.Claim;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands waiting executions to Temporal, so many of each pool at once as its bound says: overload
 * waits in our table, in order, and not in Temporal.
 */
public final class Dispatcher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
  private static final Duration LEASE = Duration.ofSeconds(15);
  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final Duration TICK = Duration.ofMillis(500);
  private static final int MOST_AT_ONCE = 100;

  private final Dispatch dispatch;
  private final LimitTurns limits;
  private final DispatchFigures figures;
  private final Starter starter;
  private final Map<String, Integer> bounds;
  private final int most;
  private final Loop loop;
  private final Notices.Subscription ear;
  private final Notices.Subscription limitEar;
  private final ExecutorService starts = Executors.newVirtualThreadPerTaskExecutor();
  private long ticked = System.nanoTime() - TICK.toNanos();

  /**
   * @param limits whom the limits of tasks and projects let through
   * @param figures told what it does
   * @param bounds how many executions may be under way at once in pools without executors
   * @param most how many of a pool of executors, if these have more slots
   */
  public Dispatcher(
      Dispatch dispatch,
      LimitTurns limits,
      DispatchFigures figures,
      WorkflowClient client,
      Notices notices,
      Map<String, Integer> bounds,
      int most) {
    this.dispatch = dispatch;
    this.limits = limits;
    this.figures = figures;
    this.starter = new Starter(client);
    this.bounds = Map.copyOf(bounds);
    this.most = most;
    this.loop = new Loop("dispatcher", TICK, this::turn);
    this.ear = notices.on(Notices.Channel.DISPATCH, payload -> loop.wake());
    this.limitEar =
        notices.on(
            Notices.Channel.LIMIT,
            payload -> {
              limits.stir();
              loop.wake();
            });
  }

  /** Begins to dispatch. */
  public void start() {
    loop.start();
  }

  /** To be called when an execution has ended: its slot is free. */
  public void slotFreed() {
    loop.wake();
  }

  private void turn() {
    long now = System.nanoTime();
    if (now - ticked >= TICK.toNanos()) {
      dispatch.reclaim(MOST_AT_ONCE, LEASE).forEach(this::start);
      limits.tick();
      ticked = now;
    }
    loop.nextWithin(limits.pass(TICK));
    long before = System.nanoTime();
    List<Claim> claims =
        limits.ofProjects()
            ? dispatch.claimWithinProjects(bounds, most, LEASE)
            : dispatch.claim(bounds, most, LEASE);
    figures.claimed(claims, Duration.ofNanos(System.nanoTime() - before));
    claims.forEach(this::start);
  }

  private void start(Claim claim) {
    starts.execute(() -> {
      try {
        starter.start(claim.project(), claim.id(), claim.taskName(), claim.taskVersion());
      } catch (WorkflowException e) {
        LOG.atWarn()
            .addKeyValue("execution", claim.id())
            .addKeyValue("task", claim.taskName())
            .setCause(e)
            .log("Temporal did not take the execution; tried again in {}", PAUSE);
        postpone(claim);
      }
    });
  }

  private void postpone(Claim claim) {
    try {
      dispatch.postpone(claim.id(), PAUSE, "Temporal does not answer");
    } catch (RuntimeException e) {
      LOG.atDebug().setCause(e).log("not postponed; the claim ends with its lease");
    }
  }

  @Override
  public void close() {
    ear.close();
    limitEar.close();
    loop.close();
    starts.shutdownNow();
  }
}
