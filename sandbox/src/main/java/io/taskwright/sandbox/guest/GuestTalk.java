package io.taskwright.sandbox.guest;

import io.taskwright.model.file.OutputFiles;
import io.taskwright.sandbox.Limits;
import io.taskwright.sandbox.RunEnd;
import io.taskwright.sandbox.RunSink;
import io.taskwright.sandbox.RunSink.Source;
import io.taskwright.sandbox.frame.Frame;
import io.taskwright.sandbox.frame.GuestEnd;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Takes what comes out of an environment: hands on what is said, keeps what is asked for later. */
final class GuestTalk implements Consumer<Frame> {
  private static final int LONGEST_LINE = 65536;
  private static final int LONGEST_REPORT = 65536;

  /** The output of a run whose output was taken as it came. */
  private static final String NOTHING = "null";

  private final RunSink sink;
  private final LineSplitter stdout;
  private final LineSplitter stderr;
  private final ProgressLines progress;
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final ByteArrayOutputStream report = new ByteArrayOutputStream();
  private final LeftFiles files;
  private final long longestOutput;
  private final @Nullable Consumer<byte[]> taker;
  private byte[] lastWords = {};
  private boolean started;
  private String complaint = "";
  private @Nullable GuestEnd end;
  private @Nullable RuntimeException sinkFailure;

  GuestTalk(Limits limits, OutputFiles kept, RunSink sink) {
    this.sink = sink;
    this.stdout = new LineSplitter(LONGEST_LINE, line -> this.sink.log(Source.STDOUT, line));
    this.stderr = new LineSplitter(LONGEST_LINE, line -> this.sink.log(Source.STDERR, line));
    this.progress = new ProgressLines(sink);
    this.files = new LeftFiles(kept, sink);
    this.longestOutput = limits.output().bytes();
    this.taker = sink.output();
  }

  @Override
  public void accept(Frame frame) {
    switch (frame) {
      case Frame.Ready() -> {}
      case Frame.Started() -> started = true;
      case Frame.Stdout(byte[] bytes) -> say(() -> stdout.accept(bytes));
      case Frame.Stderr(byte[] bytes) -> {
        keepLastWords(bytes);
        say(() -> stderr.accept(bytes));
      }
      case Frame.Progress(byte[] bytes) -> say(() -> progress.accept(bytes));
      case Frame.Result(byte[] bytes) -> {
        if (taker != null) {
          say(() -> taker.accept(bytes));
        } else if (output.size() + bytes.length <= longestOutput) {
          output.writeBytes(bytes);
        }
      }
      case Frame.Report(byte[] bytes) -> {
        if (report.size() + bytes.length <= LONGEST_REPORT) {
          report.writeBytes(bytes);
        }
      }
      case Frame.Ended(GuestEnd ended) -> end = ended;
      case Frame.File(byte[] name) -> say(() -> files.begin(name));
      case Frame.FileData(byte[] bytes) -> say(() -> files.data(bytes));
      case Frame.FileRefused(byte[] said) -> say(() -> files.refused(said));
    }
  }

  /** Nothing more comes. */
  void finish() {
    say(stdout::finish);
    say(stderr::finish);
    say(progress::finish);
    say(files::finish);
  }

  /** Why there may be no end; the last word counts. */
  void complain(String text) {
    if (!text.isEmpty()) {
      complaint = text;
    }
  }

  String complaint() {
    return complaint;
  }

  boolean started() {
    return started;
  }

  @Nullable GuestEnd end() {
    return end;
  }

  byte[] output() {
    return taker == null ? output.toByteArray() : NOTHING.getBytes(StandardCharsets.US_ASCII);
  }

  byte[] report() {
    return report.toByteArray();
  }

  /** The end of the run, which files that may not be taken turn into a failure. */
  RunEnd withFiles(RunEnd runEnd) {
    return files.judge(runEnd);
  }

  String lastWords() {
    return new String(lastWords, StandardCharsets.UTF_8);
  }

  /** Why nothing is handed on any more. */
  @Nullable RuntimeException sinkFailure() {
    return sinkFailure;
  }

  /** The sink is somebody else's: when it breaks, it is left alone, and the run is ended. */
  private void say(Runnable words) {
    if (sinkFailure != null) {
      return;
    }
    try {
      words.run();
    } catch (RuntimeException e) {
      sinkFailure = e;
    }
  }

  private void keepLastWords(byte[] bytes) {
    int kept = Math.min(lastWords.length, Math.max(0, Failures.MAX_TRACE - bytes.length));
    int taken = Math.min(bytes.length, Failures.MAX_TRACE);
    byte[] words = new byte[kept + taken];
    System.arraycopy(lastWords, lastWords.length - kept, words, 0, kept);
    System.arraycopy(bytes, bytes.length - taken, words, kept, taken);
    lastWords = words;
  }
}
