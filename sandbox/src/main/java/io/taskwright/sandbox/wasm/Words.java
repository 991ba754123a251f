package io.taskwright.sandbox.wasm;

import io.taskwright.model.ByteSize;
import io.taskwright.model.execution.Failure;
import io.taskwright.model.execution.FailureCode;
import io.taskwright.sandbox.RunSink;
import io.taskwright.sandbox.guest.Failures;
import io.taskwright.sandbox.guest.JsonText;
import io.taskwright.sandbox.guest.LineSplitter;
import io.taskwright.sandbox.guest.ProgressLines;
import java.util.Arrays;

/** Takes what a program in this process says, and ends it when it says too much. */
public final class Words {
  /** The most bytes of one line of log. */
  public static final int LONGEST_LINE = 65536;

  private final ByteSize most;
  private final LineSplitter stdout;
  private final LineSplitter stderr;
  private final ProgressLines progress;
  private long said;

  /**
   * Hands the words on.
   *
   * @param most bytes of log and progress together
   */
  public Words(ByteSize most, RunSink sink) {
    this.most = most;
    this.stdout = new LineSplitter(LONGEST_LINE, line -> sink.log(RunSink.Source.STDOUT, line));
    this.stderr = new LineSplitter(LONGEST_LINE, line -> sink.log(RunSink.Source.STDERR, line));
    this.progress = new ProgressLines(sink);
  }

  /** Bytes that were written to stdout. */
  public void stdout(byte[] bytes) {
    say(stdout, bytes);
  }

  /** Bytes that were written to stderr. */
  public void stderr(byte[] bytes) {
    say(stderr, bytes);
  }

  /** Bytes of progress lines. */
  public void progress(byte[] bytes) {
    count(bytes.length);
    guarded(() -> progress.accept(bytes));
  }

  /** The program says nothing more. */
  public void finish() {
    guarded(stdout::finish);
    guarded(stderr::finish);
    guarded(progress::finish);
  }

  /** The program's output, if it is one. */
  public static Outcome output(String text, long bytes, ByteSize most) {
    if (bytes > most.bytes()) {
      return new Outcome.Failed(Failures.output(most));
    }
    return JsonText.flaw(text)
        .<Outcome>map(
            flaw -> new Outcome.Failed(Failures.noJson("the output is no JSON value: " + flaw)))
        .orElseGet(() -> new Outcome.Returned(text));
  }

  private void say(LineSplitter lines, byte[] bytes) {
    int kept = (int) Math.min(bytes.length, most.bytes() - said);
    guarded(() -> lines.accept(Arrays.copyOf(bytes, kept)));
    count(bytes.length);
  }

  private void count(int bytes) {
    said = Math.min(said + bytes, most.bytes() + 1);
    if (said > most.bytes()) {
      throw new BrokenLimitException(Failures.log(most));
    }
  }

  /** The sink is somebody else's: when it breaks, so does the run. */
  private static void guarded(Runnable words) {
    try {
      words.run();
    } catch (RuntimeException e) {
      throw new BrokenLimitException(
          Failure.of(
              FailureCode.INTERNAL,
              "the run was ended because what it said could not be taken: " + e));
    }
  }
}
