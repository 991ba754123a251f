package io.taskwright.app.process;

import io.taskwright.app.machine.Tool;
import java.time.Duration;

/** What a process is told. */
public enum Signal {
  INT,
  TERM,
  QUIT,
  KILL;

  /** Sends it; a process that is gone is none to complain about. */
  public void send(long pid) {
    Tool.of("sh", "-c", "kill -s \"$0\" \"$1\"", name(), Long.toString(pid))
        .run(Duration.ofSeconds(5));
  }
}
