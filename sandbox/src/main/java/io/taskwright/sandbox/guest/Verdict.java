package io.taskwright.sandbox.guest;

import io.taskwright.model.execution.Failure;
import io.taskwright.model.execution.FailureCode;
import io.taskwright.sandbox.Limits;
import io.taskwright.sandbox.RunEnd;
import io.taskwright.sandbox.Usage;
import io.taskwright.sandbox.frame.GuestEnd;
import io.taskwright.sandbox.frame.GuestEnd.Hit;
import java.nio.charset.CharacterCodingException;
import java.util.Locale;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Says how a run ended, from what the warden told and what the host counted.
 *
 * @param lastWords the end of what the program wrote to stderr
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way, never compared
record Verdict(
    Limits limits, Traces traces, Usage usage, byte[] output, byte[] report, String lastWords) {
  private static final JsonMapper JSON = JsonMapper.shared();

  /** The errnos of what is wrong with the program's own files, arguments or variables. */
  private static final Set<Integer> UNUSABLE = Set.of(2, 7, 17, 20, 21, 22, 36, 40);

  private static final int ENOSPC = 28;
  private static final int SIGABRT = 6;

  /** How the run ended when the warden could tell. */
  RunEnd of(GuestEnd end) {
    if (end.kind() == GuestEnd.Kind.NOT_STARTED) {
      return failed(notStarted(end));
    }
    if (end.hits().contains(Hit.STOP)) {
      return new RunEnd.Stopped(usage);
    }
    if (outOfMemory(end)) {
      return failed(Failures.memory(limits.memory(), end.memory()));
    }
    if (traces.outOfProcesses() || end.hits().contains(Hit.PROCESSES)) {
      return failed(Failures.processes(limits.processes()));
    }
    if (end.hits().contains(Hit.CPU) && limits.cpuTime() != null) {
      return failed(Failures.cpuTime(limits.cpuTime()));
    }
    if (end.hits().contains(Hit.WALL)) {
      return failed(Failures.timeout(limits.wall()));
    }
    if (end.hits().contains(Hit.LOG)) {
      return failed(Failures.log(limits.log()));
    }
    if (end.hits().contains(Hit.FILES)) {
      return failed(Failures.files(limits.files(), end.files()));
    }
    boolean well = end.kind() == GuestEnd.Kind.EXITED && end.code() == 0;
    return well ? returned(end) : failed(programFailed(end));
  }

  private boolean outOfMemory(GuestEnd end) {
    return traces.outOfMemory()
        || end.hits().contains(Hit.MEMORY)
        || end.hits().contains(Hit.OUT_OF_MEMORY);
  }

  /** How the run ended when the warden could not tell, because it is gone. */
  RunEnd ofSilence(boolean started, boolean overdue, String complaint) {
    if (traces.outOfMemory()) {
      return failed(Failures.memory(limits.memory(), traces.peakMemory()));
    }
    if (started && overdue) {
      return failed(Failures.timeout(limits.wall()));
    }
    String why =
        complaint.isEmpty() ? (overdue ? "it took too long" : "nothing was said") : complaint;
    return failed(
        Failures.environment(
            started
                ? "the environment was gone before the program ended: " + why
                : "the environment did not start: " + why));
  }

  private RunEnd failed(Failure failure) {
    boolean byItself =
        failure.code() == FailureCode.CODE_ERROR || failure.code() == FailureCode.TIMEOUT;
    return new RunEnd.Failed(
        byItself && !traces.denied().isEmpty()
            ? Failures.egressDenied(failure, traces.denied())
            : failure,
        usage);
  }

  private Failure notStarted(GuestEnd end) {
    if (end.code() == ENOSPC) {
      return Failures.disk(limits.disk(), end.disk());
    }
    String message = "the program could not be laid out and started: " + end.text();
    return UNUSABLE.contains(end.code())
        ? Failures.unusable(message)
        : Failures.environment(message);
  }

  private Failure programFailed(GuestEnd end) {
    Report told = Report.parse(report);
    String said = told.message() + "\n" + told.stackTrace() + "\n" + lastWords;
    if (told.kind() == Report.Kind.MEMORY || heapFull(end, said)) {
      return Failures.memory(limits.memory(), end.memory());
    }
    if (end.hits().contains(Hit.NO_FILES)) {
      return Failures.files(limits.files(), end.files());
    }
    if (end.hits().contains(Hit.NO_SPACE) || saysDiskFull(said)) {
      return Failures.disk(limits.disk(), end.disk());
    }
    if (told.kind() == Report.Kind.OUTPUT) {
      return Failures.noJson(told.message());
    }
    if (end.kind() == GuestEnd.Kind.SIGNALED) {
      return Failures.signal(Signals.name(end.code()), lastWords);
    }
    return told.kind() == Report.Kind.CODE
        ? Failures.exception(told.message(), end.code(), told.stackTrace())
        : Failures.exit(end.code(), lastWords);
  }

  /** V8 ends the process by itself when its heap is full. */
  private static boolean heapFull(GuestEnd end, String said) {
    boolean aborted = end.kind() == GuestEnd.Kind.SIGNALED && end.code() == SIGABRT;
    boolean abortedChild = end.kind() == GuestEnd.Kind.EXITED && end.code() == 128 + SIGABRT;
    return (aborted || abortedChild) && said.contains("heap out of memory");
  }

  private static boolean saysDiskFull(String said) {
    return said.contains("No space left on device") || said.contains("ENOSPC");
  }

  private RunEnd returned(GuestEnd end) {
    return switch (end.output()) {
      case TOO_LARGE -> failed(Failures.output(limits.output()));
      case NOT_A_FILE ->
          failed(Failures.noJson("$TASK_OUTPUT is no regular file any more; nothing was read"));
      case NONE -> new RunEnd.Returned("null", usage);
      case READ -> checkedOutput();
    };
  }

  private RunEnd checkedOutput() {
    try {
      String text = JsonText.decode(output).strip();
      return JsonText.flaw(text)
          .map(flaw ->
              failed(
                  Failures.noJson(
                      "the output is no JSON value: " + flaw + "; it starts with " + start(text))))
          .orElseGet(() -> new RunEnd.Returned(text, usage));
    } catch (CharacterCodingException e) {
      return failed(Failures.noJson("the output is no JSON value: it is not encoded in UTF-8"));
    }
  }

  private static String start(String text) {
    return JSON.writeValueAsString(text.length() <= 80 ? text : text.substring(0, 80) + "…");
  }

  /** What a harness reports; it is the program's own word, so it decides nothing but the text. */
  private record Report(Kind kind, String message, String stackTrace) {
    enum Kind {
      NOTHING,
      CODE,
      OUTPUT,
      MEMORY
    }

    private static final int MAX_MESSAGE = 2048;

    static Report parse(byte[] bytes) {
      try {
        JsonNode node = JSON.readTree(bytes);
        String message = node.path("message").asString("");
        return new Report(
            kind(node.path("kind").asString("")),
            message.substring(0, Math.min(message.length(), MAX_MESSAGE)),
            node.path("stackTrace").asString(""));
      } catch (JacksonException e) {
        return new Report(Kind.NOTHING, "", "");
      }
    }

    private static Kind kind(String word) {
      return switch (word.toLowerCase(Locale.ROOT)) {
        case "code" -> Kind.CODE;
        case "output" -> Kind.OUTPUT;
        case "memory" -> Kind.MEMORY;
        default -> Kind.NOTHING;
      };
    }
  }
}
