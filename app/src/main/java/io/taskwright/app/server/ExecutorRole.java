package io.taskwright.app.server;

import io.taskwright.activities.executor.BundleCache;
import io.taskwright.activities.executor.ExecutorFiles;
import io.taskwright.activities.executor.HttpServiceApi;
import io.taskwright.activities.executor.SandboxedAttempt;
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
    SandboxedAttempt attempts =
        new SandboxedAttempt(
            new HttpServiceApi(settings.api(), () -> key(settings.keyFile())),
            new BundleCache(CACHED_BUNDLES),
            offered::choose,
            Secrets::random,
            files(),
            ProcessName.get(),
            InstantSource.system());
    ExecutorWorker started =
        new ExecutorWorker(client, settings.pool(), settings.slots(), DRAIN, attempts);
    started.start();
    sandboxes = offered;
    worker = started;
  }

  private ExecutorFiles files() {
    ExecutorFiles files = new ExecutorFiles(settings.filesFolder());
    try {
      files.clear();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot tidy " + settings.filesFolder(), e);
    }
    return files;
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
