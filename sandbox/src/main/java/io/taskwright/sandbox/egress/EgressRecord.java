package io.taskwright.sandbox.egress;

import io.taskwright.model.definition.Destination;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes one run's connections down: a line of log for each, and what was refused for the verdict.
 * A program that makes them by the thousand does not fill the log: what is over the bound is
 * counted.
 */
final class EgressRecord implements EgressLog {
  private static final int MOST_LINES = 1_000;
  private static final int MOST_DENIED = 20;

  private final Consumer<String> lines;
  private final List<Denied> denied = new ArrayList<>();
  private long count;
  private boolean closed;

  /**
   * @param lines takes each line; is called from several threads
   */
  EgressRecord(Consumer<String> lines) {
    this.lines = lines;
  }

  @Override
  public void denied(String target, String reason) {
    String what = target.isEmpty() ? "a connection" : "the connection to " + target;
    note("egress: refused " + what + ": " + reason, new Denied(target, reason));
  }

  @Override
  public void failed(Destination destination, String reason) {
    note("egress: " + destination + " " + reason, null);
  }

  @Override
  public void closed(Destination destination, String address, long sent, long received) {
    note(
        "egress: connected to %s at %s: %d bytes sent, %d received"
            .formatted(destination, address, sent, received),
        null);
  }

  /** The first that were refused. */
  synchronized List<Denied> refusals() {
    return List.copyOf(denied);
  }

  /** The run is over: nothing is written down any more. */
  void close() {
    long more;
    synchronized (this) {
      closed = true;
      more = count - MOST_LINES;
    }
    if (more > 0) {
      say("egress: " + more + " more connections are not listed");
    }
  }

  private void note(String line, @Nullable Denied refusal) {
    synchronized (this) {
      if (closed) {
        return;
      }
      if (refusal != null && denied.size() < MOST_DENIED) {
        denied.add(refusal);
      }
      if (++count > MOST_LINES) {
        return;
      }
    }
    say(line);
  }

  /** The log is somebody else's: if it breaks, the run hears of it by its own words. */
  private void say(String line) {
    try {
      lines.accept(line);
    } catch (RuntimeException e) {
      // Nobody listens.
    }
  }
}
