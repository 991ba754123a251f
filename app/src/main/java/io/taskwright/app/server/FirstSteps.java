package io.taskwright.app.server;

import io.taskwright.workers.Upkeep;
import org.springframework.context.SmartLifecycle;

/** What a server does in the database before it answers anybody. */
final class FirstSteps implements SmartLifecycle {
  private static final int BEFORE_ALL_OTHERS = Integer.MIN_VALUE;

  private final FirstKeys keys;
  private final MasterKeyFile masterKey;
  private final Upkeep upkeep;
  private boolean running;

  FirstSteps(FirstKeys keys, MasterKeyFile masterKey, Upkeep upkeep) {
    this.keys = keys;
    this.masterKey = masterKey;
    this.upkeep = upkeep;
  }

  @Override
  public void start() {
    keys.ensure();
    masterKey.ensure();
    upkeep.prepare();
    running = true;
  }

  @Override
  public void stop() {
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return BEFORE_ALL_OTHERS;
  }
}
