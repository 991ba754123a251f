package io.taskwright.app.client;

import io.taskwright.app.terminal.Harmless;
import io.taskwright.app.terminal.Paint;
import java.time.Instant;

/** A line of log as a person reads it. */
record LogLine(Instant at, String level, String source, String message) {
  String text(TimeOfDay times, Paint paint) {
    String words = Harmless.line(message);
    return "%s %s  %s"
        .formatted(
            paint.dim(times.text(at)),
            paint.dim("%-6s".formatted(Harmless.line(source))),
            switch (level) {
              case "ERROR" -> paint.red(words);
              case "WARN" -> paint.yellow(words);
              default -> words;
            });
  }
}
