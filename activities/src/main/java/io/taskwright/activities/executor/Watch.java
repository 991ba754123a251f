package io.taskwright.activities.executor;

import io.taskwright.sandbox.Run;
import io.temporal.client.ActivityCompletionException;
import io.temporal.client.ActivityNotExistsException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Watches the runs of one attempt: tells the service and Temporal of them, and ends them. */
final class Watch {
  private static final long TICK_MILLIS = 250;

  /** Most programs end sooner, and each heartbeat costs Temporal a write. */
  private static final long FIRST_HEARTBEAT_MILLIS = 1_000;

  /** How long an attempt that was given to another may go on if it has nothing to say. */
  private static final Duration CONFIRMED_EVERY = Duration.ofSeconds(3);

  private final Reporter reporter;
  private final Patience patience;
  private final Lease lease;

  Watch(Reporter reporter, Patience patience, Lease lease) {
    this.reporter = reporter;
    this.patience = patience;
    this.lease = lease;
  }

  /** Waits for a run's end; reports meanwhile, and stops it when Temporal says so. */
  Optional<ActivityCompletionException> over(Run run) {
    return over(run, Optional.empty());
  }

  /**
   * Waits for a run's end; reports meanwhile, and stops it when Temporal says so.
   *
   * @param details what heartbeats tell; what they told before, if empty
   */
  Optional<ActivityCompletionException> over(Run run, Optional<Supplier<Object>> details) {
    Optional<ActivityCompletionException> stop = Optional.empty();
    long start = System.nanoTime();
    while (!ended(run)) {
      if (lease.holds() || reporter.confirmed()) {
        lease.renew();
      }
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
      if (stop.isEmpty() && millis >= FIRST_HEARTBEAT_MILLIS) {
        details.ifPresent(told -> patience.say(told.get()));
        stop = patience.heartbeat();
        stop.ifPresent(why -> {
          if (why instanceof ActivityNotExistsException) {
            run.close(); // terminated, or given to another
          } else {
            run.stop();
          }
        });
      }
      report();
      if (reporter.fencedOff() || reporter.refusal().isPresent()) {
        run.close();
      }
    }
    return stop;
  }

  private void report() {
    if (reporter.silence().compareTo(CONFIRMED_EVERY) > 0) {
      boolean _ = reporter.confirmed();
    } else {
      reporter.flush();
    }
  }

  private static boolean ended(Run run) {
    try {
      run.end().get(TICK_MILLIS, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    } catch (ExecutionException e) {
      throw new IllegalStateException("a run's end is never exceptional", e);
    }
  }
}
