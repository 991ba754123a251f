package io.taskwright.sandbox.kubernetes;

import io.taskwright.sandbox.Run;
import io.taskwright.sandbox.RunEnd;
import io.taskwright.sandbox.Usage;
import io.taskwright.sandbox.guest.Failures;
import java.util.concurrent.CompletableFuture;

/**
 * A program that nothing here can run.
 *
 * @param reason for a person
 */
record RefusedRun(String environment, String reason) implements Run {
  @Override
  public CompletableFuture<RunEnd> end() {
    return CompletableFuture.completedFuture(
        new RunEnd.Failed(Failures.environment(reason), Usage.NONE));
  }

  @Override
  public void stop() {
    // It has ended.
  }

  @Override
  public void close() {
    // It has ended.
  }
}
