package io.taskwright.activities.executor;

import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.ActivityCompletionException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps an activity alive in Temporal's eyes while it waits. A service that is away for a minute
 * must not cost an attempt, so calls to it are repeated until they are answered.
 */
final class Patience {
  private static final Logger LOG = LoggerFactory.getLogger(Patience.class);
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final Duration BEAT = Duration.ofSeconds(1);
  private static final Duration AT_LAST = Duration.ofMinutes(2);

  private final ActivityExecutionContext context;
  private @Nullable Object said;
  private boolean complained;

  Patience(ActivityExecutionContext context) {
    this.context = context;
  }

  /** A call to the service. */
  @FunctionalInterface
  interface Call<T> {
    T answer() throws IOException, InterruptedException;
  }

  /** Sets what the heartbeats tell from now on. */
  void say(Object details) {
    said = details;
  }

  /** Tells Temporal that the attempt lives; gives what Temporal wants if that is its end. */
  Optional<ActivityCompletionException> heartbeat() {
    try {
      context.heartbeat(said);
      return Optional.empty();
    } catch (ActivityCompletionException e) {
      return Optional.of(e);
    }
  }

  /**
   * Repeats the call until it is answered, or until Temporal wants the activity to end.
   *
   * @throws RefusedException if repeating it would not help
   */
  <T> T untilAnswered(Call<T> call) throws RefusedException {
    while (true) {
      Optional<T> answer = tried(call);
      if (answer.isPresent()) {
        return answer.get();
      }
      Optional<ActivityCompletionException> end = heartbeat();
      if (end.isPresent()) {
        throw end.get();
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  /**
   * Makes a call that takes long, such as one that moves many bytes, and lets Temporal know
   * meanwhile that the attempt lives.
   *
   * @throws ActivityCompletionException if Temporal wants the activity to end; the call is broken
   *     off
   */
  <T> T duringHeartbeats(Call<T> call) throws IOException, InterruptedException {
    FutureTask<T> task = new FutureTask<>(call::answer);
    Thread thread = Thread.ofVirtual().name("attempt-call").start(task);
    try {
      while (true) {
        try {
          return task.get(BEAT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          Optional<ActivityCompletionException> end = heartbeat();
          if (end.isPresent()) {
            throw end.get();
          }
        }
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    } finally {
      thread.interrupt();
    }
  }

  /**
   * Repeats the call for some minutes even if Temporal wants the activity to end.
   *
   * @throws RefusedException if repeating it would not help
   */
  <T> T untilAnsweredAtLast(Call<T> call) throws RefusedException {
    long deadline = System.nanoTime() + AT_LAST.toNanos();
    while (true) {
      Optional<T> answer = tried(call);
      if (answer.isPresent()) {
        return answer.get();
      }
      if (System.nanoTime() - deadline > 0) {
        throw new IllegalStateException("the service could not be told how the attempt ended");
      }
      heartbeat();
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private <T> Optional<T> tried(Call<T> call) throws RefusedException {
    try {
      Optional<T> answer = Optional.of(call.answer());
      complained = false;
      return answer;
    } catch (RefusedException e) {
      throw e;
    } catch (IOException e) {
      if (!complained) { // once for each silence
        LOG.warn("the service cannot be asked, trying again: {}", e.toString());
        complained = true;
      }
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the worker is shutting down", e);
    }
  }
}
