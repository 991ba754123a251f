package io.taskwright.app.client;

import io.taskwright.app.terminal.LiveLines;
import io.taskwright.client.Batch;
import io.taskwright.client.TaskwrightClient;
import io.taskwright.client.UnreachableException;
import java.time.Duration;

/** Shows how far a batch is until its end. */
final class BatchWatching {
  private static final Duration EVERY = Duration.ofMillis(500);

  private final TaskwrightClient client;
  private final LiveLines lines;

  BatchWatching(TaskwrightClient client, LiveLines lines) {
    this.client = client;
    this.lines = lines;
  }

  /**
   * Returns when the batch has ended. A service that is away is waited for, for two minutes.
   *
   * @return the exit code that says how
   */
  int toEnd(String id) {
    try {
      Batch batch = get(id);
      show(batch);
      while (batch.endedAt().isEmpty()) {
        Thread.sleep(EVERY);
        batch = get(id);
        show(batch);
      }
      lines.end();
      lines.line("%s: %s".formatted(batch.state(), text(batch)));
      boolean whole = batch.state().equals("COMPLETED") && batch.failed() == 0;
      return whole ? ExitCode.DONE : ExitCode.FAILED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      lines.end();
      return ExitCode.FAILED;
    }
  }

  private Batch get(String id) throws InterruptedException {
    long deadline = System.nanoTime() + Watching.PATIENCE.toNanos();
    while (true) {
      try {
        return client.batches().get(id);
      } catch (UnreachableException e) {
        if (System.nanoTime() > deadline) {
          lines.end();
          lines.line("Its end is not known here; it goes on. Batch " + id);
          throw e;
        }
        Thread.sleep(EVERY);
      }
    }
  }

  private void show(Batch batch) {
    lines.progress(batch.progress(), text(batch));
  }

  static String text(Batch batch) {
    return "%d of %d, %d failed, %d skipped"
        .formatted(batch.done(), batch.total(), batch.failed(), batch.skipped());
  }
}
