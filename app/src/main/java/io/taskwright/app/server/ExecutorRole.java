package io.taskwright.app.server;

import io.taskwright.activities.executor.BundleCache;
import io.taskwright.activities.executor.Dependencies;
import io.taskwright.activities.executor.HttpServiceApi;
import io.taskwright.activities.executor.SandboxedAttempt;
import io.taskwright.activities.executor.ServiceApi;
import io.taskwright.sandbox.guest.EnvironmentException;
import io.taskwright.sandbox.layer.LayerStore;
import io.taskwright.sandbox.layer.Packages;
import io.taskwright.sandbox.offer.Sandboxes;
import io.taskwright.store.Secrets;
import io.taskwright.workers.ExecutorWorker;
import io.temporal.client.WorkflowClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/** Runs code for one pool, beside the server or as a process of its own. */
final class ExecutorRole implements SmartLifecycle {
  private static final int PHASE = Integer.MAX_VALUE;
  private static final Duration DRAIN = Duration.ofSeconds(15);
  private static final long CACHED_BUNDLES = 256L << 20;

  private final ExecutorSettings settings;
  private final WorkflowClient client;
  private final boolean wanted;
  private @Nullable Sandboxes sandboxes;
  private @Nullable ExecutorWorker worker;
  private @Nullable LayerStore layers;

  ExecutorRole(ExecutorSettings settings, WorkflowClient client, boolean wanted) {
    this.settings = settings;
    this.client = client;
    this.wanted = wanted;
  }

  @Override
  public void start() {
    if (!wanted) {
      return;
    }
    Sandboxes offered = Sandboxes.open(settings.sandboxes());
    ServiceApi api = new HttpServiceApi(settings.api(), () -> key(settings.keyFile()));
    SandboxedAttempt attempts =
        new SandboxedAttempt(
            api,
            new BundleCache(CACHED_BUNDLES),
            dependencies(api),
            offered::choose,
            Secrets::random,
            ProcessName.get(),
            InstantSource.system());
    ExecutorWorker started =
        new ExecutorWorker(client, settings.pool(), settings.slots(), DRAIN, attempts);
    started.start();
    sandboxes = offered;
    worker = started;
  }

  private Dependencies dependencies(ServiceApi api) {
    try {
      LayerStore opened =
          LayerStore.open(settings.layers(), settings.packages().kept(), InstantSource.system());
      layers = opened;
      Path tools = settings.layers().resolveSibling("package-tools");
      return new Dependencies(api, Packages.open(settings.packages(), tools), opened);
    } catch (EnvironmentException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  private static String key(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the executor's key " + file, e);
    }
  }

  @Override
  public void stop() {
    if (worker != null) {
      worker.close();
      worker = null;
    }
    if (sandboxes != null) {
      sandboxes.close();
      sandboxes = null;
    }
    if (layers != null) {
      layers.close();
      layers = null;
    }
  }

  @Override
  public boolean isRunning() {
    return worker != null;
  }

  @Override
  public int getPhase() {
    return PHASE;
  }
}
