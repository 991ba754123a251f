package io.taskwright.sandbox.guest;

import io.taskwright.model.ByteSize;
import io.taskwright.model.execution.Failure;
import io.taskwright.model.execution.FailureCode;
import io.taskwright.sandbox.egress.Denied;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The failures that runs end with, in the same words whatever ran them. */
public final class Failures {
  /** The most characters of a stack trace that are kept. */
  public static final int MAX_TRACE = 8192;

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private Failures() {}

  /**
   * The processes held too much memory.
   *
   * @param seen the most that was seen, or 0 if nobody looked in time
   */
  public static Failure memory(ByteSize limit, ByteSize seen) {
    String more = seen.compareTo(limit) > 0 ? " (" + mebibytes(seen) + " were seen)" : "";
    return exhausted(
        "memory",
        limit.toString(),
        "the program needed more than its "
            + limit
            + " of memory"
            + more
            + " and was killed: let it hold less at once, or raise resourceRequirements.memory");
  }

  /** The files took all the space. */
  public static Failure disk(ByteSize limit, ByteSize used) {
    return exhausted(
        "disk",
        limit.toString(),
        "the program's files filled its "
            + limit
            + " of disk ("
            + mebibytes(used)
            + " were in use): write less, or raise resourceRequirements.disk");
  }

  /** There were too many files. */
  public static Failure files(int limit, long used) {
    return exhausted(
        "files",
        Integer.toString(limit),
        "the program had more than its "
            + limit
            + " files and folders ("
            + used
            + " were seen): make fewer at once");
  }

  /** It was refused a process or thread. */
  public static Failure processes(int limit) {
    return exhausted(
        "processes",
        Integer.toString(limit),
        "the program was refused a process or thread, because it may have "
            + limit
            + " at once; what it did without is unknown: start fewer");
  }

  /** It used too much of the processor, in all. */
  public static Failure cpuTime(Duration limit) {
    return exhausted(
        "cpuTime",
        limit.toString(),
        "the program used more than its "
            + limit
            + " of processor time and was killed with all its processes: let it do less, or raise"
            + " resourceRequirements.cpuSeconds");
  }

  /** It said too much. */
  public static Failure log(ByteSize limit) {
    return exhausted(
        "log",
        limit.toString(),
        "the program wrote more than its "
            + limit
            + " of log and was killed; what came before is kept: write less, or into a file");
  }

  /** Its output was too large. */
  public static Failure output(ByteSize limit) {
    return exhausted(
        "output",
        limit.toString(),
        "the output is larger than the " + limit + " that one may have: return less");
  }

  /** Its time was over. */
  public static Failure timeout(Duration limit) {
    return new Failure(
        FailureCode.TIMEOUT,
        "the program was still running after "
            + limit
            + " and was killed with all its processes: let it do less, or raise"
            + " resourceRequirements.timeoutSeconds",
        JSON.objectNode().put("timeout", limit.toString()));
  }

  /** It threw what nobody caught. */
  public static Failure exception(String message, int exitCode, String stackTrace) {
    return codeError(
        message,
        JSON.objectNode().put("exitCode", exitCode).put("stackTrace", shortened(stackTrace)));
  }

  /** It ended with a code that means failure. */
  public static Failure exit(int exitCode, String lastWords) {
    return codeError(
        "the program exited with code " + exitCode,
        JSON.objectNode().put("exitCode", exitCode).put("stackTrace", shortened(lastWords)));
  }

  /** A signal ended it. */
  public static Failure signal(String signal, String lastWords) {
    return codeError(
        "the program was ended by " + signal,
        JSON.objectNode().put("signal", signal).put("stackTrace", shortened(lastWords)));
  }

  /** It failed so after it was refused connections, which is most likely why. */
  public static Failure egressDenied(Failure failure, List<Denied> denied) {
    ObjectNode details =
        failure.details() instanceof ObjectNode known ? known.deepCopy() : JSON.objectNode();
    ArrayNode list = details.putArray("denied");
    denied.forEach(one -> list.addObject().put("target", one.target()).put("reason", one.reason()));
    Denied first = denied.getFirst();
    return new Failure(
        FailureCode.EGRESS_DENIED,
        "the program was refused a connection"
            + (first.target().isEmpty() ? "" : " to " + first.target())
            + " ("
            + first.reason()
            + "), and failed: "
            + failure.message(),
        details);
  }

  /** It cannot be run as it is. */
  public static Failure unusable(String message) {
    return Failure.of(FailureCode.CODE_ERROR, message);
  }

  /** What it returned is no JSON value. */
  public static Failure noJson(String message) {
    return Failure.of(FailureCode.OUTPUT_INVALID, message);
  }

  /** A file that it left may not be taken. */
  public static Failure rejectedFile(String path, String reason) {
    String shown = JSON.stringNode(path.length() <= 300 ? path : path.substring(0, 300)).toString();
    return new Failure(
        FailureCode.ARTIFACT_REJECTED,
        (path.isEmpty() ? "a file" : "the file " + shown)
            + " that the program left cannot be kept, so none is: it "
            + reason,
        JSON.objectNode().put("path", path).put("reason", reason));
  }

  /** The place to run did not stand. */
  public static Failure environment(String message) {
    return Failure.of(FailureCode.ENVIRONMENT, message);
  }

  private static Failure codeError(String message, ObjectNode details) {
    return new Failure(FailureCode.CODE_ERROR, message, details);
  }

  private static Failure exhausted(String resource, String limit, String message) {
    return new Failure(
        FailureCode.RESOURCE_EXHAUSTED,
        message,
        JSON.objectNode().put("resource", resource).put("limit", limit));
  }

  private static String mebibytes(ByteSize size) {
    return ((size.bytes() + (1 << 20) - 1) >> 20) + "Mi";
  }

  /** Both ends of a long trace tell something; its middle seldom does. */
  private static String shortened(String text) {
    if (text.length() <= MAX_TRACE) {
      return text;
    }
    int half = MAX_TRACE / 2 - 2;
    return text.substring(0, half) + "\n…\n" + text.substring(text.length() - half);
  }
}
