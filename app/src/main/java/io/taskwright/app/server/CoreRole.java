package io.taskwright.app.server;

import io.taskwright.workers.CoreWorker;
import io.taskwright.workers.Dispatcher;
import io.taskwright.workers.FileUpkeep;
import io.taskwright.workers.Reconciler;
import io.taskwright.workers.Relay;
import io.taskwright.workers.Upkeep;
import org.springframework.context.SmartLifecycle;

/** Moves executions, from the moment that the server answers to the moment before it stops to. */
final class CoreRole implements SmartLifecycle {
  /** Stopped after the executor, which reports to the API, and before the API. */
  static final int PHASE = Integer.MAX_VALUE - 1;

  private final CoreWorker worker;
  private final Dispatcher dispatcher;
  private final Relay relay;
  private final Reconciler reconciler;
  private final Upkeep upkeep;
  private final FileUpkeep files;
  private final boolean wanted;
  private volatile boolean running;

  CoreRole(
      CoreWorker worker,
      Dispatcher dispatcher,
      Relay relay,
      Reconciler reconciler,
      Upkeep upkeep,
      FileUpkeep files,
      boolean wanted) {
    this.worker = worker;
    this.dispatcher = dispatcher;
    this.relay = relay;
    this.reconciler = reconciler;
    this.upkeep = upkeep;
    this.files = files;
    this.wanted = wanted;
  }

  @Override
  public void start() {
    if (wanted) {
      worker.start();
      dispatcher.start();
      relay.start();
      reconciler.start();
      upkeep.start();
      files.start();
    }
    running = true;
  }

  @Override
  public void stop() {
    running = false;
    files.close();
    upkeep.close();
    reconciler.close();
    relay.close();
    dispatcher.close();
    worker.close();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return PHASE;
  }
}
