package io.taskwright.sandbox.javascript;

import io.taskwright.sandbox.Limits;
import io.taskwright.sandbox.Program;
import io.taskwright.sandbox.RunSink;
import io.taskwright.sandbox.guest.Failures;
import io.taskwright.sandbox.wasm.Outcome;
import io.taskwright.sandbox.wasm.Words;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Answers the calls of one program and takes what it says. */
final class ProgramTalk implements HostCalls {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Program program;
  private final Limits limits;
  private final Words words;
  private final PanicText panic = new PanicText();
  private @Nullable Outcome outcome;

  ProgramTalk(Program program, Limits limits, RunSink sink) {
    this.program = program;
    this.limits = limits;
    this.words = new Words(limits.log(), sink);
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
      case "progress" -> words.progress(bytes(text + "\n"));
      case "result" -> outcome = Words.output(text, bytes(text).length, limits.output());
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
    if (!error) {
      words.stdout(bytes);
    } else if (!panic.takes(bytes)) {
      words.stderr(bytes);
    }
  }

  @Override
  public long longestText() {
    return Math.max(limits.output().bytes(), Words.LONGEST_LINE);
  }

  /** The program says nothing more. */
  void finish() {
    words.stderr(panic.giveBack());
    words.finish();
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

  private static Outcome thrown(String text) {
    JsonNode report = JSON.readTree(text);
    return new Outcome.Failed(
        Failures.exception(
            report.path("message").asString(""), 1, report.path("stackTrace").asString("")));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
