package io.taskwright.api.start;

import io.taskwright.api.problem.ProblemCode;
import io.taskwright.api.problem.ProblemException;
import io.taskwright.model.Project;
import io.taskwright.model.Violation;
import io.taskwright.model.definition.Code;
import io.taskwright.model.definition.Work;
import io.taskwright.model.execution.Route;
import io.taskwright.model.execution.Routing;
import io.taskwright.model.file.FilePaths;
import io.taskwright.model.file.InputFile;
import io.taskwright.store.blob.Blobs;
import io.taskwright.store.file.InputFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Says where a started task's work goes, and with which files. */
@Component
class Placement {
  private final Routing routing;
  private final InputFiles files;

  Placement(Routing routing, InputFiles files) {
    this.routing = routing;
    this.files = files;
  }

  /** Where it goes. */
  record Place(Route route, List<InputFile> files) {
    Place {
      files = List.copyOf(files);
    }
  }

  /**
   * The place of work that is started with files, given as hashes by path.
   *
   * @param signals whether its executions may be told signals
   * @throws ProblemException if a file cannot be given, with every reason
   */
  Place place(Project project, Work.Automated work, Map<String, String> named, boolean signals) {
    List<InputFile> given = named.isEmpty() ? List.of() : given(project, work, named);
    return new Place(routing.route(work, !given.isEmpty(), signals), given);
  }

  private List<InputFile> given(Project project, Work.Automated work, Map<String, String> named) {
    List<Violation> violations = new ArrayList<>();
    List<InputFile> given = new ArrayList<>();
    Map<String, Long> sizes = files.use(project, named.values());
    named.forEach((path, sha256) -> {
      Optional<String> flaw = FilePaths.flaw(path).or(() -> clash(path, work, named));
      Long size = sizes.get(sha256);
      if (flaw.isPresent()) {
        violations.add(violation(path, "INVALID_PATH", "the path " + flaw.get()));
      } else if (size == null) {
        String what = Blobs.isSha256(sha256) ? "no such file was uploaded" : "must be the sha256";
        violations.add(violation(path, "UNKNOWN_FILE", what + "; POST it to /files first"));
      } else {
        given.add(new InputFile(path, sha256, size));
      }
    });
    long bytes = given.stream().mapToLong(InputFile::size).sum();
    if (bytes > work.resources().disk().bytes()) {
      violations.add(
          new Violation(
              "/files",
              "TOO_LARGE",
              "they have " + bytes + " bytes, more than resourceRequirements.disk"));
    }
    if (!violations.isEmpty()) {
      throw new ProblemException(
          ProblemCode.VALUE_INVALID, "nothing was started; correct the files", violations);
    }
    return given;
  }

  /** Whether the file would lie where another one does. */
  private static Optional<String> clash(
      String path, Work.Automated work, Map<String, String> named) {
    String entry =
        switch (work.code()) {
          case Code.Source source -> work.runtime().sourceFile();
          case Code.Bundle bundle -> bundle.entry();
        };
    if (path.equals(entry) || path.startsWith(entry + "/") || entry.startsWith(path + "/")) {
      return Optional.of("is the program's own");
    }
    if (path.toLowerCase(Locale.ROOT).split("/", 2)[0].equals(".task")) {
      return Optional.of("is the sandbox's own");
    }
    return named.keySet().stream()
        .filter(other -> other.startsWith(path + "/"))
        .findFirst()
        .map(other -> "is a folder of the path " + other);
  }

  private static Violation violation(String path, String keyword, String message) {
    return new Violation("/files/" + path.replace("~", "~0").replace("/", "~1"), keyword, message);
  }
}
