package io.taskwright.activities.executor;

import io.taskwright.activities.masking.Masking;
import io.taskwright.model.execution.Failure;
import io.taskwright.model.execution.FailureCode;
import io.taskwright.model.file.InputFile;
import io.taskwright.model.protocol.Assignment;
import io.taskwright.sandbox.RunEnd;
import io.taskwright.sandbox.RunFiles;
import io.taskwright.sandbox.RunSink;
import io.taskwright.sandbox.Usage;
import io.temporal.client.ActivityCompletionException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;

/** Brings the files of one attempt from the service and back to it. */
final class FileExchange {
  private final ServiceApi api;
  private final Assignment assignment;
  private final Patience patience;
  private final AttemptFolder folder;
  private final Masking masking;

  FileExchange(
      ServiceApi api,
      Assignment assignment,
      Patience patience,
      AttemptFolder folder,
      Masking masking) {
    this.api = api;
    this.assignment = assignment;
    this.patience = patience;
    this.folder = folder;
    this.masking = masking;
  }

  /** A file that was given with the start is not there any more. */
  static final class MissingException extends Exception {
    private static final long serialVersionUID = 1L;

    MissingException(InputFile file) {
      super("the file " + file.path() + " that was given with the start is not there any more");
    }

    String reason() {
      return String.valueOf(getMessage());
    }
  }

  /**
   * What became of a run's end.
   *
   * @param stopped what Temporal wants, if that is the end of the attempt
   */
  record Handed(RunEnd end, Optional<ActivityCompletionException> stopped) {}

  /** Fetches what is given to the program; gives what the sandbox is told of files. */
  RunFiles fetch() throws RefusedException, MissingException {
    for (InputFile file : assignment.files().inputs()) {
      boolean there = patience.untilAnswered(() -> patience.duringHeartbeats(() -> fetched(file)));
      if (!there) {
        throw new MissingException(file);
      }
    }
    return folder.exchanged();
  }

  /** The sink of the run, which takes files too. */
  RunSink sink(RunSink words) {
    return folder.sink(words);
  }

  private boolean fetched(InputFile file) throws IOException, InterruptedException {
    try {
      folder.give(
          file,
          target -> {
            if (!api.file(assignment.token(), file.sha256(), target)) {
              throw new FileNotFoundException(file.sha256());
            }
          });
      return true;
    } catch (FileNotFoundException e) {
      return false;
    }
  }

  /** Hands in what a program left that returned; a file that is refused makes it fail. */
  Handed handIn(RunEnd end) {
    return switch (end) {
      case RunEnd.Returned(String output, Usage usage) -> {
        try {
          yield new Handed(refusal(usage).orElse(end), Optional.empty());
        } catch (ActivityCompletionException e) {
          yield new Handed(new RunEnd.Stopped(usage), Optional.of(e));
        }
      }
      case RunEnd.Failed failed -> new Handed(failed, Optional.empty());
      case RunEnd.Stopped stopped -> new Handed(stopped, Optional.empty());
    };
  }

  private Optional<RunEnd> refusal(Usage usage) {
    for (LeftFile file : folder.left()) {
      Optional<String> refused = refused(file);
      if (refused.isPresent()) {
        return Optional.of(new RunEnd.Failed(rejected(file, refused.get()), usage));
      }
    }
    return Optional.empty();
  }

  /** Why a file is not kept, if it is not. */
  private Optional<String> refused(LeftFile file) {
    if (!masking.text(file.path()).equals(file.path())) {
      return Optional.of("its name holds a secret");
    }
    try {
      return patience.untilAnswered(
          () -> patience.duringHeartbeats(() -> api.artifact(assignment.token(), file)));
    } catch (RefusedException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private static Failure rejected(LeftFile file, String reason) {
    return new Failure(
        FailureCode.ARTIFACT_REJECTED,
        "the service does not keep the file " + file.path() + ", so none is kept: " + reason,
        JsonNodeFactory.instance.objectNode().put("path", file.path()).put("reason", reason));
  }
}
