package io.taskwright.activities.executor;

import io.taskwright.model.execution.Failure;
import io.taskwright.model.protocol.Assignment;
import io.taskwright.model.protocol.LockRequest;
import io.taskwright.sandbox.Run;
import io.taskwright.sandbox.RunEnd;
import io.taskwright.sandbox.RunSink;
import io.taskwright.sandbox.Sandbox;
import io.taskwright.sandbox.Usage;
import io.taskwright.sandbox.layer.Installation;
import io.taskwright.sandbox.layer.Installing;
import io.taskwright.sandbox.layer.LayerKey;
import io.taskwright.sandbox.layer.LayerStore;
import io.taskwright.sandbox.layer.Making;
import io.taskwright.sandbox.layer.Packages;
import io.temporal.client.ActivityCompletionException;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One attempt's search for its layer: the layer is used, made, or waited for. */
final class LayerSearch {
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final int NAME = 12;

  private final ServiceApi api;
  private final Packages packages;
  private final LayerStore layers;
  private final Assignment assignment;
  private final String platform;
  private final Reporter reporter;
  private final Patience patience;
  private final Watch watch;
  private @Nullable String lock;
  private boolean waited;

  LayerSearch(
      ServiceApi api,
      Packages packages,
      LayerStore layers,
      Assignment assignment,
      String platform,
      Reporter reporter,
      Patience patience,
      Watch watch) {
    this.api = api;
    this.packages = packages;
    this.layers = layers;
    this.assignment = assignment;
    this.platform = platform;
    this.reporter = reporter;
    this.patience = patience;
    this.watch = watch;
  }

  /** Searches until there is a layer, or a reason why there is none. */
  Provided in(Sandbox sandbox) throws IOException {
    while (true) {
      lock = agreed(null);
      Optional<LayerStore.Lease> layer = lock == null ? Optional.empty() : layers.use(key());
      if (layer.isPresent()) {
        say("layer " + key().substring(0, NAME) + " is here, " + layer.get().size());
        return new Provided.There(layer.get());
      }
      Optional<Provided> over = step(sandbox);
      if (over.isPresent()) {
        return over.get();
      }
    }
  }

  /** Makes the layer, or waits a while because somebody else makes it. */
  private Optional<Provided> step(Sandbox sandbox) throws IOException {
    // Whatever the lock is or will be: between its agreement and the layer nobody else begins.
    Optional<Making> mine = layers.make(LayerKey.of(platform, assignment.dependencies(), ""));
    if (mine.isEmpty()) {
      if (!waited) {
        waited = true;
        say("another attempt on this host gets the same ones, waiting for it");
      }
      return pause();
    }
    try (Making making = mine.get()) {
      boolean madeMeanwhile = lock == null ? agreed(null) != null : layers.has(key());
      return madeMeanwhile ? Optional.empty() : make(sandbox, making);
    }
  }

  private Optional<Provided> make(Sandbox sandbox, Making making) throws IOException {
    int count = assignment.dependencies().size();
    say(
        (lock == null ? "resolving " : "getting ")
            + count
            + (count == 1 ? " package" : " packages"));
    Installing installing =
        packages.install(
            sandbox,
            "packages-" + assignment.execution() + "-" + assignment.number(),
            assignment.runtime(),
            assignment.dependencies(),
            lock,
            making,
            reporter.sink());
    Optional<ActivityCompletionException> stop;
    try (Run run = installing.run()) {
      stop = watch.over(run);
    }
    return switch (installing.result()) {
      case Installation.Installed installed -> {
        keep(making, installed);
        yield Optional.empty();
      }
      case Installation.Refused(Failure failure) ->
          Optional.of(ended(new RunEnd.Failed(failure, Usage.NONE), stop));
      case Installation.Stopped() ->
          Optional.of(
              reporter.fencedOff()
                  ? new Provided.Abandoned()
                  : ended(new RunEnd.Stopped(Usage.NONE), stop));
    };
  }

  /** Whoever is first says what the packages are; what others found is not used. */
  private void keep(Making making, Installation.Installed installed) throws IOException {
    lock = lock == null ? agreed(installed.lock()) : lock;
    if (!installed.lock().equals(lock)) {
      say("another executor was first to lock them; its lock is used");
      return;
    }
    making.publish(key(), installed.size());
    say("got " + installed.packages() + ", " + installed.size());
  }

  private Optional<Provided> pause() {
    reporter.flush();
    if (reporter.fencedOff()) {
      return Optional.of(new Provided.Abandoned());
    }
    Optional<ActivityCompletionException> stop = patience.heartbeat();
    if (stop.isPresent() || Thread.currentThread().isInterrupted()) {
      return Optional.of(ended(new RunEnd.Stopped(Usage.NONE), stop));
    }
    LockSupport.parkNanos(PAUSE_NANOS);
    return Optional.empty();
  }

  private static Provided ended(RunEnd end, Optional<ActivityCompletionException> stop) {
    return new Provided.Ended(end, stop.orElse(null));
  }

  private @Nullable String agreed(@Nullable String found) throws RefusedException {
    LockRequest request = new LockRequest(platform, found);
    return patience.untilAnswered(() -> api.lock(assignment.token(), request)).lock();
  }

  private String key() {
    return LayerKey.of(platform, assignment.dependencies(), Objects.requireNonNull(lock));
  }

  private void say(String line) {
    reporter.sink().log(RunSink.Source.SYSTEM, "packages: " + line);
  }
}
