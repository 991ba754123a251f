package io.taskwright.workers;

import io.taskwright.store.blob.Blobs;
import io.taskwright.store.file.Artifacts;
import io.taskwright.store.file.InputFiles;
import java.time.Duration;

/**
 * Lets go of files whose time is over: what refers to them first, then their bytes. It has a loop
 * of its own, because the place of the bytes may answer slowly, and starts that fall due must not
 * wait for it.
 */
public final class FileUpkeep implements AutoCloseable {
  private static final int MOST_AT_ONCE = 1_000;

  private final Artifacts artifacts;
  private final InputFiles inputs;
  private final Blobs blobs;
  private final Duration grace;
  private final Loop loop;

  /**
   * @param grace how long bytes that nothing refers to stay, for those who are just keeping them
   * @param every how often there is a look
   */
  public FileUpkeep(
      Artifacts artifacts, InputFiles inputs, Blobs blobs, Duration grace, Duration every) {
    this.artifacts = artifacts;
    this.inputs = inputs;
    this.blobs = blobs;
    this.grace = grace;
    this.loop = new Loop("files", every, this::turn);
  }

  /** Begins. */
  public void start() {
    loop.start();
  }

  private void turn() {
    artifacts.forgetLost();
    artifacts.expire(MOST_AT_ONCE);
    inputs.expire();
    blobs.sweep(grace, MOST_AT_ONCE);
  }

  @Override
  public void close() {
    loop.close();
  }
}
