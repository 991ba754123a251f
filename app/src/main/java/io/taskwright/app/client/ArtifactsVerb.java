package io.taskwright.app.client;

import io.taskwright.client.Artifact;
import io.taskwright.client.TaskwrightClient;
import io.taskwright.model.ExecutionId;
import io.taskwright.model.file.FilePaths;
import io.taskwright.model.file.FilePattern;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code artifacts}: brings the files that an execution left to this machine. */
@Command(
    name = "artifacts",
    mixinStandardHelpOptions = true,
    description = "Downloads the files that an execution left. For a list: get artifacts",
    exitCodeOnExecutionException = ExitCode.UNREACHABLE,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:all that was asked for is here",
      "2:there is no such file or execution, a file is gone, or one would be replaced",
      "4:the service cannot be reached"
    })
public final class ArtifactsVerb implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private ServiceOption service = new ServiceOption();

  @Parameters(
      index = "0",
      paramLabel = "ID",
      converter = Ids.class,
      description = "The execution's id.")
  private @Nullable ExecutionId id;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "PATTERN",
      description = "Which files, such as plots/*.png. Default: all")
  private List<String> patterns = new ArrayList<>();

  @Option(
      names = "--to",
      paramLabel = "DIR",
      description = "The folder that they are written to. Default: this one")
  private Path folder = Path.of("");

  @Option(names = "--force", description = "Replace files that are there already.")
  private boolean force;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    ExecutionId execution = Objects.requireNonNull(id);
    List<FilePattern> asked = patterns.stream().map(ArtifactsVerb::pattern).toList();
    try (TaskwrightClient client = service.client()) {
      List<Artifact> wanted =
          client.artifacts().list(execution).stream()
              .filter(artifact ->
                  asked.isEmpty() || asked.stream().anyMatch(p -> p.matches(artifact.path())))
              .toList();
      if (wanted.isEmpty()) {
        throw new Misuse("The execution left no such file. See: taskwright get artifacts " + id);
      }
      for (Artifact artifact : wanted) {
        out.println(download(client, execution, artifact));
        out.flush();
      }
    }
    return ExitCode.DONE;
  }

  private static FilePattern pattern(String text) {
    Optional<String> flaw = FilePattern.flaw(text);
    if (flaw.isPresent()) {
      throw new Misuse("The pattern %s %s.".formatted(text, flaw.get()));
    }
    return new FilePattern(text);
  }

  /** Whole or not at all; and never outside the folder, whatever the service says. */
  private Path download(TaskwrightClient client, ExecutionId execution, Artifact artifact)
      throws IOException {
    if (FilePaths.flaw(artifact.path()).isPresent()) {
      throw new Misuse("The service names a file as none can be named; it is left there.");
    }
    Path target = folder.resolve(artifact.path());
    if (!force && Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new Misuse("%s is there already; replace it with --force.".formatted(target));
    }
    Path parent = Objects.requireNonNull(target.toAbsolutePath().getParent());
    Files.createDirectories(parent);
    Path part = Files.createTempFile(parent, ".taskwright", null);
    try {
      client.artifacts().download(execution, artifact, part);
      Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
    return target;
  }
}
