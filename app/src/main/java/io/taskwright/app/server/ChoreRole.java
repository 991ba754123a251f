package io.taskwright.app.server;

import io.taskwright.workers.Chore;
import org.springframework.context.SmartLifecycle;

/** Does a chore of core processes, as long as {@link CoreRole} moves executions. */
final class ChoreRole implements SmartLifecycle {
  private final Chore chore;
  private final boolean wanted;
  private volatile boolean running;

  ChoreRole(Chore chore, boolean wanted) {
    this.chore = chore;
    this.wanted = wanted;
  }

  @Override
  public void start() {
    if (wanted) {
      chore.start();
    }
    running = true;
  }

  @Override
  public void stop() {
    running = false;
    chore.close();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return CoreRole.PHASE;
  }
}
