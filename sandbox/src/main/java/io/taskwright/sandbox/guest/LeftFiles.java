package io.taskwright.sandbox.guest;

import io.taskwright.model.execution.Failure;
import io.taskwright.model.file.FilePaths;
import io.taskwright.model.file.FilePattern;
import io.taskwright.model.file.OutputFiles;
import io.taskwright.sandbox.RunEnd;
import io.taskwright.sandbox.RunSink;
import io.taskwright.sandbox.RunSink.Source;
import io.taskwright.sandbox.Usage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Takes the files that a program left, as the warden reads them to us. Everything that it says is
 * held once more against what was asked for: it may have been taken over.
 */
final class LeftFiles {
  /** Why the warden did not take a file, in the order of the protocol. */
  private static final List<String> REFUSALS =
      List.of(
          "is a symbolic link; leave the file itself",
          "is no regular file",
          "has a second name (a hard link); leave a copy",
          "is one too many",
          "is too large",
          "cannot be read",
          "lies too deep");

  private final OutputFiles asked;
  private final RunSink sink;
  private final Set<String> taken = new HashSet<>();
  private long bytes;
  private @Nullable OutputStream open;
  private @Nullable Failure failure;

  LeftFiles(OutputFiles asked, RunSink sink) {
    this.asked = asked;
    this.sink = sink;
  }

  /** The next file begins. */
  void begin(byte[] name) {
    closeLast();
    if (failure != null) {
      return;
    }
    try {
      String path = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(name)).toString();
      String flaw = flaw(path);
      if (flaw != null) {
        reject(path, flaw);
      } else {
        open = sink.file(path);
      }
    } catch (CharacterCodingException e) {
      reject(text(name), "is not encoded in UTF-8");
    } catch (IOException e) {
      unkept(e);
    }
  }

  private @Nullable String flaw(String path) {
    if (FilePaths.flaw(path).isPresent()) {
      return FilePaths.flaw(path).get();
    }
    if (!asked.include(path)) {
      return "was not asked for";
    }
    if (taken.size() == asked.most()) {
      return tooMany();
    }
    return taken.add(path) ? null : "came twice";
  }

  /** Bytes of the file that began. */
  void data(byte[] some) {
    if (failure != null || open == null) {
      return;
    }
    bytes += some.length;
    if (bytes > asked.mostBytes().bytes()) {
      reject("", tooLarge());
      return;
    }
    try {
      open.write(some);
    } catch (IOException e) {
      unkept(e);
    }
  }

  /** A file may not be taken. */
  void refused(byte[] said) {
    closeLast();
    int reason = said.length == 0 ? -1 : said[0];
    String path = said.length == 0 ? "" : text(said).substring(1);
    reject(
        path,
        switch (reason) {
          case 3 -> tooMany();
          case 4 -> tooLarge();
          default ->
              reason >= 0 && reason < REFUSALS.size()
                  ? REFUSALS.get(reason)
                  : "was refused for an unknown reason";
        });
  }

  private String tooMany() {
    return "is one more than the " + asked.most() + " files of outputFileLimits.count";
  }

  private String tooLarge() {
    return "makes the files larger than the " + asked.mostBytes() + " of outputFileLimits.size";
  }

  /** Nothing more comes. */
  void finish() {
    closeLast();
  }

  /** The end of a run whose files these are. */
  RunEnd judge(RunEnd end) {
    if (asked.none()) {
      return end;
    }
    return switch (end) {
      case RunEnd.Returned(String output, Usage usage) -> {
        if (failure == null) {
          tellWhatIsKept();
          yield end;
        }
        yield new RunEnd.Failed(failure, usage);
      }
      case RunEnd.Failed failed -> failed;
      case RunEnd.Stopped stopped -> stopped;
    };
  }

  private void tellWhatIsKept() {
    String unmatched =
        asked.patterns().stream()
            .filter(pattern -> taken.stream().noneMatch(pattern::matches))
            .map(FilePattern::text)
            .collect(Collectors.joining(", "));
    sink.log(
        Source.SYSTEM,
        (taken.size() == 1 ? "1 file was" : taken.size() + " files were")
            + " left, of "
            + bytes
            + " bytes together");
    if (!unmatched.isEmpty()) {
      sink.log(Source.SYSTEM, "no file was left for " + unmatched);
    }
  }

  private void closeLast() {
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        unkept(e);
      }
      open = null;
    }
  }

  private void reject(String path, String reason) {
    if (failure == null) {
      failure = Failures.rejectedFile(path, reason);
    }
  }

  private void unkept(IOException e) {
    if (failure == null) {
      failure =
          Failures.environment(
              "the executor could not keep the program's files: " + e.getMessage());
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
