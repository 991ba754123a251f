package io.taskwright.sandbox.layer;

import io.taskwright.model.ByteSize;
import io.taskwright.model.execution.Failure;
import io.taskwright.model.execution.FailureCode;
import io.taskwright.sandbox.Run;
import io.taskwright.sandbox.RunEnd;
import io.taskwright.sandbox.RunSink;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Packages that are being installed: the run that does it, and what it has brought so far. */
public final class Installing {
  private static final JsonMapper JSON = JsonMapper.shared();

  /** What hundreds of packages would say is of no use to anybody. */
  private static final int MOST_LINES = 300;

  private static final int LONGEST_MESSAGE = 200;

  private final List<String> wanted;
  private final Unpacking unpacking;
  private final PackReader pack;
  private @Nullable BadPackException refused;
  private @Nullable Run run;
  private int lines;

  Installing(List<String> wanted, Unpacking unpacking) {
    this.wanted = List.copyOf(wanted);
    this.unpacking = unpacking;
    this.pack = new PackReader(unpacking);
  }

  /** Where the installing program's words go: all are the sandbox's own, about the run. */
  RunSink sink(RunSink sink) {
    return new RunSink() {
      @Override
      public void log(Source source, String line) {
        if (source == Source.SYSTEM) {
          sink.log(source, line);
        } else if (++lines <= MOST_LINES) {
          sink.log(Source.SYSTEM, "packages: " + line);
          sink.progress(
              0, line.length() <= LONGEST_MESSAGE ? line : line.substring(0, LONGEST_MESSAGE));
        }
      }

      @Override
      public void progress(double fraction, String message) {
        // How far the task is, nobody knows before it runs.
      }

      @Override
      public void awaitCounting() throws InterruptedException {
        sink.awaitCounting();
      }

      @Override
      public Consumer<byte[]> output() {
        return Installing.this::take;
      }
    };
  }

  Installing started(Run started) {
    run = started;
    return this;
  }

  /** The run, to be waited for, stopped and closed. */
  public Run run() {
    if (run == null) {
      throw new IllegalStateException("it was not started");
    }
    return run;
  }

  private void take(byte[] bytes) {
    try {
      pack.accept(bytes);
    } catch (BadPackException e) {
      refused = e;
      throw e;
    }
  }

  /** What came of it, once the run has ended. */
  public Installation result() {
    RunEnd end = run().end().join();
    if (refused != null) {
      return refused(FailureCode.CODE_ERROR, "unusable", String.valueOf(refused.getMessage()));
    }
    return switch (end) {
      case RunEnd.Stopped stopped -> new Installation.Stopped();
      case RunEnd.Failed(Failure failure, var _) -> failed(failure);
      case RunEnd.Returned returned -> returned();
    };
  }

  private Installation returned() {
    if (!pack.whole() || unpacking.failure().isEmpty() == unpacking.lock().isEmpty()) {
      return refused(
          FailureCode.ENVIRONMENT, "unusable", "what was installed did not arrive whole");
    }
    try {
      if (!unpacking.failure().isEmpty()) {
        return told(JSON.readTree(unpacking.failure()));
      }
      int packages = JSON.readTree(unpacking.lock()).path("packages").size();
      return new Installation.Installed(
          unpacking.lock(), packages, new ByteSize(unpacking.bytes()));
    } catch (JacksonException e) {
      return refused(FailureCode.ENVIRONMENT, "unusable", "the lock is no JSON");
    }
  }

  /** What the author can change is the code's error; the rest may be better in a while. */
  private Installation told(JsonNode failure) {
    String kind = failure.path("kind").asString("unusable");
    FailureCode code = kind.equals("refused") ? FailureCode.CODE_ERROR : FailureCode.ENVIRONMENT;
    return refused(code, kind, failure.path("message").asString(""));
  }

  private Installation failed(Failure failure) {
    return switch (failure.code()) {
      case RESOURCE_EXHAUSTED ->
          refused(
              FailureCode.CODE_ERROR,
              "too large",
              "installing them needs more than it may: " + failure.message());
      default -> refused(FailureCode.ENVIRONMENT, "unusable", failure.message());
    };
  }

  private Installation refused(FailureCode code, String reason, String message) {
    ObjectNode details = JsonNodeFactory.instance.objectNode().put("reason", reason);
    wanted.forEach(details.putArray("dependencies")::add);
    return new Installation.Refused(
        new Failure(code, "the packages could not be installed: " + message, details));
  }
}
