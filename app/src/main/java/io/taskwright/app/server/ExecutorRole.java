package io.taskwright.app.server;

import io.micrometer.core.instrument.MeterRegistry;
import io.temporal.client.WorkflowClient;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Runs code for one pool, beside the server. */
final class ExecutorRole implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(ExecutorRole.class);
  private static final int PHASE = Integer.MAX_VALUE;

  /** A server ends within Spring's time for a phase. */
  private static final Duration LONGEST_DRAIN = Duration.ofSeconds(15);

  private final ExecutorSettings settings;
  private final WorkflowClient client;
  private final MeterRegistry metrics;
  private final boolean wanted;
  private @Nullable ExecutorParts parts;

  ExecutorRole(
      ExecutorSettings settings, WorkflowClient client, MeterRegistry metrics, boolean wanted) {
    this.settings = settings;
    this.client = client;
    this.metrics = metrics;
    this.wanted = wanted;
  }

  @Override
  public void start() {
    if (!wanted) {
      return;
    }
    ExecutorParts opened = new ExecutorParts(settings, client);
    parts = opened;
    opened.bindTo(metrics);
    try {
      opened.start();
    } catch (IOException e) {
      LOG.atWarn().setCause(e).log("the notes of lost attempts cannot be read");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void stop() {
    if (parts != null) {
      Duration drain = settings.drain();
      parts.drain(drain.compareTo(LONGEST_DRAIN) < 0 ? drain : LONGEST_DRAIN);
      parts.close();
      parts = null;
    }
  }

  @Override
  public boolean isRunning() {
    return parts != null;
  }

  @Override
  public int getPhase() {
    return PHASE;
  }
}
