package io.taskwright.activities.executor;

import io.taskwright.activities.AttemptFailures;
import io.taskwright.model.ExecutionId;
import io.taskwright.model.execution.Failure;
import io.taskwright.model.execution.FailureCode;
import io.taskwright.model.protocol.AttemptEnd;
import io.temporal.client.ActivityCompletionException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an executor has under way, in a folder that only it reads. After a {@code kill -9} the next
 * life of the same executor finds here which attempts are lost, and says so at once; nobody has to
 * wait until they have been silent for long enough.
 */
public final class AttemptNotes {
  private static final Logger LOG = LoggerFactory.getLogger(AttemptNotes.class);
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Path folder;

  private AttemptNotes(Path folder) {
    this.folder = folder;
  }

  /**
   * An attempt under way.
   *
   * @param token of the attempt
   * @param task what Temporal calls the activity, in base64
   */
  record Note(String token, String task) {
    static Note of(String token, byte[] task) {
      return new Note(token, Base64.getEncoder().encodeToString(task));
    }
  }

  /** The notes in a folder, which is made. */
  public static AttemptNotes in(Path folder) {
    try {
      Files.createDirectories(folder);
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep notes in " + folder, e);
    }
    return new AttemptNotes(folder);
  }

  /** Notes the attempt until the note is closed. */
  Open open(String name, Note note) {
    Path file = folder.resolve(name);
    try {
      Files.write(file, JSON.writeValueAsBytes(note));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot note an attempt in " + folder, e);
    }
    return new Open(file);
  }

  /** A note that is there. */
  record Open(Path file) implements AutoCloseable {
    @Override
    public void close() {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        LOG.atWarn().setCause(e).log("the note of an ended attempt stays");
      }
    }
  }

  /**
   * Tells the service and Temporal of the attempts that an earlier life has left, when nothing of
   * them runs any more. What cannot be told is found by their silence.
   *
   * @param temporal ends an activity, by what Temporal calls it
   * @return how many there were
   */
  public int reportLost(ServiceApi api, BiConsumer<byte[], Exception> temporal)
      throws IOException, InterruptedException {
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.sorted().toList();
    }
    for (Path file : files) {
      try {
        report(JSON.readValue(Files.readAllBytes(file), Note.class), api, temporal);
      } catch (JacksonException e) {
        LOG.atDebug().setCause(e).log("killed while it wrote a note"); // so nothing had begun
      }
      Files.delete(file);
    }
    return files.size();
  }

  private static void report(Note note, ServiceApi api, BiConsumer<byte[], Exception> temporal)
      throws InterruptedException {
    Failure lost =
        Failure.of(
            FailureCode.WORKER_LOST, "the executor was killed while the code ran; it was ended");
    ExecutionId execution = AttemptFailures.execution(note.token());
    try {
      api.end(note.token(), new AttemptEnd(Long.MAX_VALUE, List.of(), null, lost, null, 0, 0, 0));
      temporal.accept(
          Base64.getDecoder().decode(note.task()),
          AttemptFailures.of(FailureCode.WORKER_LOST, execution));
      LOG.atWarn().addKeyValue("execution", execution).log("an attempt was lost with its executor");
    } catch (IOException | ActivityCompletionException e) {
      LOG.atInfo()
          .addKeyValue("execution", execution)
          .log("a lost attempt is known already, or will be found: {}", e.toString());
    }
  }
}
