package io.taskwright.activities.executor;

import io.taskwright.model.execution.Failure;
import io.taskwright.model.execution.FailureCode;
import io.taskwright.model.file.InputFile;
import io.taskwright.model.protocol.Assignment;
import io.taskwright.sandbox.RunEnd;
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

  FileExchange(ServiceApi api, Assignment assignment, Patience patience, AttemptFolder folder) {
    this.api = api;
    this.assignment = assignment;
    this.patience = patience;
    this.folder = folder;
  }

  /**
   * What became of a run's end.
   *
   * @param stopped what Temporal wants, if that is the end of the attempt
   */
  record Handed(RunEnd end, Optional<ActivityCompletionException> stopped) {}

  /** Fetches what is given to the program; tells what is missing, if anything is. */
  Optional<String> fetch() {
    for (InputFile file : assignment.files().inputs()) {
      boolean there = patience.untilAnswered(() -> patience.duringHeartbeats(() -> fetched(file)));
      if (!there) {
        return Optional.of(
            "the file " + file.path() + " that was given with the start is not there any more");
      }
    }
    return Optional.empty();
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
      Optional<String> refused =
          patience.untilAnswered(
              () -> patience.duringHeartbeats(() -> api.artifact(assignment.token(), file)));
      if (refused.isPresent()) {
        return Optional.of(new RunEnd.Failed(rejected(file, refused.get()), usage));
      }
    }
    return Optional.empty();
  }

  private static Failure rejected(LeftFile file, String reason) {
    return new Failure(
        FailureCode.ARTIFACT_REJECTED,
        "the service does not keep the file " + file.path() + ", so none is kept: " + reason,
        JsonNodeFactory.instance.objectNode().put("path", file.path()).put("reason", reason));
  }
}
