package io.taskwright.activities.executor;

import io.taskwright.model.protocol.WorkerBeat;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the service every few seconds that an executor lives. One that the service does not take
 * must not take work either: it would fail all that it gets, faster than the others can do theirs.
 */
public final class Presence implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Presence.class);
  private static final Duration EVERY = Duration.ofSeconds(3);

  private final ServiceApi api;
  private final String id;
  private final Supplier<WorkerBeat> beat;
  private final Consumer<Boolean> welcome;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;
  private volatile @Nullable String trouble = "it has not registered yet";
  private boolean refused;

  /**
   * @param id of the executor, the same after a restart
   * @param beat what it says of itself
   * @param welcome told false when the service refuses it, and true when it no longer does
   */
  public Presence(ServiceApi api, String id, Supplier<WorkerBeat> beat, Consumer<Boolean> welcome) {
    this.api = api;
    this.id = id;
    this.beat = beat;
    this.welcome = welcome;
    this.thread = Thread.ofPlatform().name("presence").daemon().unstarted(this::run);
  }

  /**
   * Registers once.
   *
   * @throws RefusedException if the service does not take the key, or is another service
   * @throws IOException if it does not answer
   */
  public void register() throws IOException, InterruptedException {
    api.heard(id, beat.get());
    trouble = null;
  }

  /** Goes on to register until it is closed. */
  public void start() {
    thread.start();
  }

  /** Why the service does not know of this executor now, if it does not. */
  public Optional<String> trouble() {
    return Optional.ofNullable(trouble);
  }

  private void run() {
    try {
      do {
        beat();
      } while (!closed.await(EVERY.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      // It is closed.
    }
  }

  private void beat() throws InterruptedException {
    try {
      register();
      if (refused) {
        refused = false;
        LOG.info("the service takes this executor again; it goes on to take work");
        welcome.accept(true);
      }
    } catch (RefusedException e) {
      trouble = e.getMessage();
      if (!refused) {
        refused = true;
        LOG.error("the service refuses this executor, which takes no more work: {}", trouble);
        welcome.accept(false);
      }
    } catch (IOException e) {
      if (trouble == null) {
        LOG.warn("the service cannot be told that this executor lives: {}", e.toString());
      }
      trouble = e.toString();
    }
  }

  /** Says that the executor has ended, if somebody hears it. */
  @Override
  public void close() {
    closed.countDown();
    thread.interrupt();
    try {
      if (thread.isAlive()) {
        thread.join(Duration.ofSeconds(5));
      }
      api.left(id);
    } catch (IOException e) {
      LOG.debug("nobody hears that this executor ends: {}", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
