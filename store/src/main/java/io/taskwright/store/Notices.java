package io.taskwright.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Hears the database's notifications on one connection. They are hints, not messages: whoever is
 * woken looks into the tables, and everybody is woken when the connection had to be made again.
 */
@Component
public class Notices implements AutoCloseable {
  /** What can be heard. */
  public enum Channel {
    /** An execution waits to be dispatched. */
    DISPATCH("dispatch"),
    /** There is a batch to begin. */
    BATCH("batch"),
    /** Something happened at a limit that executions wait for. */
    LIMIT("limits"),
    /** A watched execution changed; the payload is its id. */
    EXECUTION("execution"),
    /** There is something to tell Temporal. */
    OUTBOX("outbox");

    private final String word;

    Channel(String word) {
      this.word = word;
    }
  }

  /** The payload when notifications may have been missed: it stands for every payload. */
  public static final String EVERYTHING = "*";

  /** Hears until it is closed. */
  @FunctionalInterface
  public interface Subscription extends AutoCloseable {
    @Override
    void close();
  }

  private static final Logger LOG = LoggerFactory.getLogger(Notices.class);
  private static final Duration PAUSE = Duration.ofMillis(500);

  private record Ear(Channel channel, Consumer<String> listener) {}

  private final DataSource dataSource;
  private final List<Ear> ears = new CopyOnWriteArrayList<>();
  private final Thread thread;
  private volatile boolean closed;
  private boolean lost;

  Notices(DataSource dataSource) {
    this.dataSource = dataSource;
    this.thread = Thread.ofPlatform().name("notices").daemon().unstarted(this::listen);
    thread.start();
  }

  /** Calls the listener with the payload of each notification; it must return quickly. */
  public Subscription on(Channel channel, Consumer<String> listener) {
    Ear ear = new Ear(channel, listener);
    ears.add(ear);
    return () -> ears.remove(ear);
  }

  private void listen() {
    while (!closed) {
      try (Connection connection = dataSource.getConnection();
          Statement statement = connection.createStatement()) {
        for (Channel channel : Channel.values()) {
          statement.execute("listen " + channel.word);
        }
        ears.forEach(ear -> ear.listener().accept(EVERYTHING));
        lost = false;
        hear(connection.unwrap(PGConnection.class));
      } catch (SQLException e) {
        if (!closed) {
          report(e);
          pause();
        }
      }
    }
  }

  /** Once for each loss, however often it is tried again. */
  private void report(SQLException e) {
    if (!lost) {
      LOG.warn("no connection for notifications, trying again: {}", e.getMessage());
    }
    lost = true;
  }

  private void hear(PGConnection connection) throws SQLException {
    while (!closed) {
      PGNotification[] heard = connection.getNotifications(1_000);
      if (heard == null) {
        continue;
      }
      for (PGNotification notification : heard) {
        for (Ear ear : ears) {
          if (ear.channel().word.equals(notification.getName())) {
            ear.listener().accept(notification.getParameter());
          }
        }
      }
    }
  }

  private void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      closed = true;
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
