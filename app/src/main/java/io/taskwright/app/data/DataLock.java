package io.taskwright.app.data;

import io.taskwright.app.machine.Obstacle;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The right to start and end parts on a data folder. The kernel gives it back when its holder dies.
 */
public final class DataLock implements AutoCloseable {
  private final FileChannel channel;

  private DataLock(FileChannel channel) {
    this.channel = channel;
  }

  /** The lock, or nothing while another process holds it. */
  public static Optional<DataLock> take(DataFolder data) {
    try {
      FileChannel channel =
          FileChannel.open(
              data.run().resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (channel.tryLock() != null) {
        return Optional.of(new DataLock(channel));
      }
      channel.close();
      return Optional.empty();
    } catch (IOException e) {
      throw new Obstacle("Cannot lock the data folder %s.".formatted(data), e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new Obstacle("Cannot give back the lock of the data folder.", e);
    }
  }
}
