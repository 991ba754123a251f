package io.taskwright.sandbox.javascript;

import io.taskwright.model.execution.Failure;
import io.taskwright.model.execution.FailureCode;
import io.taskwright.sandbox.Limits;
import io.taskwright.sandbox.Program;
import io.taskwright.sandbox.RunSink;
import io.taskwright.sandbox.guest.Failures;
import io.taskwright.sandbox.guest.JsonText;
import io.taskwright.sandbox.guest.LineSplitter;
import io.taskwright.sandbox.guest.ProgressLines;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Answers the calls of one program and takes what it says. */
final class ProgramTalk implements HostCalls {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int LONGEST_LINE = 65536;

  private final Program program;
  private final Limits limits;
  private final LineSplitter stdout;
  private final LineSplitter stderr;
  private final ProgressLines progress;
  private final PanicText panic = new PanicText();
  private long said;
  private @Nullable Outcome outcome;

  ProgramTalk(Program program, Limits limits, RunSink sink) {
    this.program = program;
    this.limits = limits;
    this.stdout = new LineSplitter(LONGEST_LINE, line -> sink.log(RunSink.Source.STDOUT, line));
    this.stderr = new LineSplitter(LONGEST_LINE, line -> sink.log(RunSink.Source.STDERR, line));
    this.progress = new ProgressLines(sink);
  }

  @Override
  public String call(String name, String text) {
    switch (name) {
      case "input" -> {
        return program.input();
      }
      case "environment" -> {
        return JSON.writeValueAsString(program.environment());
      }
      case "progress" -> {
        count(text.length());
        guarded(() -> progress.accept(bytes(text + "\n")));
      }
      case "result" -> outcome = result(text);
      case "thrown" -> outcome = thrown(text);
      case "unserialisable" ->
          outcome =
              new Outcome.Failed(
                  Failures.noJson("what main returned cannot be written as JSON: " + text));
      case "mainless" ->
          outcome =
              new Outcome.Failed(
                  Failures.unusable("the source has no function main(input) at its top level"));
      default -> throw new IllegalArgumentException("no such call: " + name);
    }
    return "null";
  }

  @Override
  public void write(boolean error, byte[] bytes) {
    if (!error || !panic.takes(bytes)) {
      say(error ? stderr : stdout, bytes);
    }
  }

  @Override
  public long longestText() {
    return Math.max(limits.output().bytes(), LONGEST_LINE);
  }

  /** The program says nothing more. */
  void finish() {
    say(stderr, panic.giveBack());
    guarded(stdout::finish);
    guarded(stderr::finish);
  }

  /** What the program said about its own end. */
  Outcome outcome() {
    return outcome != null
        ? outcome
        : new Outcome.Failed(Failures.unusable("main gave a promise that nothing is left to keep"));
  }

  /** The interpreter gave up: it said why on stderr. */
  Outcome trapped(String otherwise) {
    String message = panic.message().orElse(otherwise).replace("function.mjs", program.entry());
    String first = message.lines().findFirst().orElse(otherwise);
    return new Outcome.Failed(Failures.exception(first, 1, message));
  }

  private Outcome result(String text) {
    if (bytes(text).length > limits.output().bytes()) {
      return new Outcome.Failed(Failures.output(limits.output()));
    }
    return JsonText.flaw(text)
        .<Outcome>map(
            flaw -> new Outcome.Failed(Failures.noJson("the output is no JSON value: " + flaw)))
        .orElseGet(() -> new Outcome.Returned(text));
  }

  private static Outcome thrown(String text) {
    JsonNode report = JSON.readTree(text);
    return new Outcome.Failed(
        Failures.exception(
            report.path("message").asString(""), 1, report.path("stackTrace").asString("")));
  }

  private void say(LineSplitter lines, byte[] bytes) {
    int kept = (int) Math.min(bytes.length, limits.log().bytes() - said);
    guarded(() -> lines.accept(Arrays.copyOf(bytes, kept)));
    count(bytes.length);
  }

  private void count(int bytes) {
    said = Math.min(said + bytes, limits.log().bytes() + 1);
    if (said > limits.log().bytes()) {
      throw new BrokenLimitException(Failures.log(limits.log()));
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

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
