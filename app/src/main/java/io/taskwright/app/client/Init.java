package io.taskwright.app.client;

import io.taskwright.app.data.Template;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code init}: a first definition to go on from. */
@Command(
    name = "init",
    mixinStandardHelpOptions = true,
    description = "Writes a task.yaml with a small program that runs as it is.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:it is written", "2:there is one already, or it cannot be written"})
public final class Init implements Callable<Integer> {
  /** What the program is written in. */
  private enum Language {
    PYTHON,
    NODE,
    BASH,
    JAVA,
    JAVASCRIPT;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      paramLabel = "DIR",
      arity = "0..1",
      description = "The folder; its name becomes the task's. Default: here")
  private Path folder = Path.of("");

  @Option(
      names = "--runtime",
      paramLabel = "RUNTIME",
      description = "One of ${COMPLETION-CANDIDATES}. Default: python")
  private Language language = Language.PYTHON;

  @Override
  public Integer call() {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    Path file = folder.resolve(Subject.FILE_NAMES.getFirst());
    String text =
        Template.beside(Init.class, "init-%s.yaml".formatted(language))
            .fill(Map.of("name", name(folder)));
    for (String other : Subject.FILE_NAMES) {
      if (Files.exists(folder.resolve(other))) {
        throw new Misuse(
            "%s is there already; nothing was changed.".formatted(folder.resolve(other)));
      }
    }
    try {
      Files.createDirectories(folder.toAbsolutePath());
      Files.writeString(file, text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (FileAlreadyExistsException e) {
      throw new Misuse("%s is there already; nothing was changed.".formatted(e.getFile()));
    } catch (IOException e) {
      throw new Misuse("%s cannot be written: %s".formatted(file, e));
    }
    out.println(
        """
        Wrote %s.
          Run it:        taskwright run %s --input '{"name":"Ada"}'
          Run its tests: taskwright check %s\
        """
            .formatted(file, file, file));
    out.flush();
    return ExitCode.DONE;
  }

  /** The folder's name, as far as a task may have it. */
  static String name(Path folder) {
    Path last = folder.toAbsolutePath().normalize().getFileName();
    String name =
        (last == null ? "" : last.toString())
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^-|-$", "");
    String cut = name.substring(0, Math.min(name.length(), 63)).replaceAll("-$", "");
    return cut.isEmpty() ? "my-task" : cut;
  }
}
