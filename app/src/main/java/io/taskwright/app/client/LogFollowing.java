package io.taskwright.app.client;

import io.taskwright.client.Event;
import io.taskwright.client.LogEntry;
import io.taskwright.client.TaskwrightClient;
import io.taskwright.model.ExecutionId;
import java.util.function.Predicate;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The log of one execution as it comes, until its end.
 *
 * @param id of the execution
 */
record LogFollowing(TaskwrightClient client, ExecutionId id) {
  /** Thrown through the stream of events when nobody reads on. */
  private static final class NobodyReads extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NobodyReads() {
      super(null, null, false, false);
    }
  }

  /**
   * Hands over line after line.
   *
   * @param reader tells whether it wants more
   */
  void each(Predicate<LogEntry> reader) {
    try {
      client
          .executions()
          .follow(
              id,
              0,
              Watching.PATIENCE,
              event -> {
                if (event instanceof Event.Logged line && !reader.test(entry(line))) {
                  throw new NobodyReads();
                }
              });
    } catch (NobodyReads e) {
      // Such as `logs -f … | head`: that is no failure.
    }
  }

  private LogEntry entry(Event.Logged line) {
    return new LogEntry(
        JsonNodeFactory.instance
            .objectNode()
            .put("id", id + "." + line.seq())
            .put("execution", id.toString())
            .put("level", line.level())
            .put("time", line.at().toString())
            .put("source", line.source())
            .put("message", line.message()));
  }
}
