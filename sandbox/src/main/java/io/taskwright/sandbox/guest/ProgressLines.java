package io.taskwright.sandbox.guest;

import io.taskwright.sandbox.RunSink;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the lines that a program writes to {@code $TASK_PROGRESS}. */
public final class ProgressLines {
  private static final int LONGEST = 8192;
  private static final int LONGEST_MESSAGE = 1024;
  private static final JsonMapper JSON = JsonMapper.shared();

  private final RunSink sink;
  private final LineSplitter splitter = new LineSplitter(LONGEST, this::line);
  private boolean complained;

  /** Hands each line that is one to the sink. */
  public ProgressLines(RunSink sink) {
    this.sink = sink;
  }

  /** Takes the next bytes. */
  public void accept(byte[] bytes) {
    splitter.accept(bytes);
  }

  /** The bytes end here. */
  public void finish() {
    splitter.finish();
  }

  private void line(String line) {
    if (line.isBlank()) {
      return;
    }
    try {
      JsonNode node = JSON.readTree(line);
      JsonNode fraction = node.path("fraction");
      if (fraction.isNumber() && fraction.doubleValue() >= 0 && fraction.doubleValue() <= 1) {
        String message = node.path("message").asString("");
        sink.progress(
            fraction.doubleValue(),
            message.substring(0, Math.min(message.length(), LONGEST_MESSAGE)));
        return;
      }
    } catch (JacksonException e) {
      // Said below: the program's mistake, not ours.
    }
    if (!complained) {
      complained = true;
      sink.log(
          RunSink.Source.SYSTEM,
          "ignored a progress line that is not like {\"fraction\":0.5,\"message\":\"half\"}");
    }
  }
}
