package io.taskwright.app.client;

import io.taskwright.app.command.PortOption;
import io.taskwright.app.machine.JavaProgram;
import io.taskwright.app.terminal.LiveLines;
import io.taskwright.app.terminal.Paint;
import io.taskwright.app.terminal.Terminal;
import io.taskwright.client.ProblemException;
import io.taskwright.client.TaskwrightClient;
import io.taskwright.client.definition.Applying;
import io.taskwright.client.definition.DefinitionException;
import io.taskwright.client.definition.DefinitionFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code check}: the tests that definitions carry. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Runs the tests of definitions on the service, without saving them there.",
      "Each test is a dry run: code runs with no way out and without secrets.",
      "Starts the service on this machine if none runs."
    },
    exitCodeOnExecutionException = ExitCode.UNREACHABLE,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:all tests passed",
      "1:some did not",
      "2:the arguments or some definition are wrong",
      "4:the service cannot be reached"
    })
public final class Check implements Callable<Integer> {
  private static final int LONGEST = 600;

  private final JavaProgram program;

  @Spec private @Nullable CommandSpec spec;
  @Mixin private ServiceOption service = new ServiceOption();
  @Mixin private OutputOption output = new OutputOption();
  @Mixin private PortOption port = new PortOption();

  @Parameters(
      paramLabel = "FILE_OR_NAME",
      arity = "1..*",
      description = "Definitions, folders with some, or names of tasks that the service has.")
  private List<String> subjects = List.of();

  @Option(
      names = "--filter",
      paramLabel = "TEXT",
      description = "Only the tests whose name contains it.")
  private String filter = "";

  @Option(
      names = "--junit",
      paramLabel = "FILE",
      description = "Also write what came of them there, as JUnit's XML.")
  private @Nullable Path junit;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "How long the tests of one definition may take, up to 600. Default: 120")
  private int timeout = 120;

  public Check(JavaProgram program) {
    this.program = program;
  }

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    LiveLines lines = new LiveLines(spec.commandLine().getErr(), Terminal.err());
    if (timeout < 1 || timeout > LONGEST) {
      throw new Misuse("--timeout is 1 to %d seconds.".formatted(LONGEST));
    }
    ReadyService ready = new ReadyService(service.search(), port.number(), program);
    List<Checked> all = new ArrayList<>();
    try (TaskwrightClient client = new TaskwrightClient(ready.endpoint(lines::line))) {
      for (String subject : subjects) {
        check(client, subject, all);
      }
    }
    write(all);
    Paint paint = new Paint(Terminal.out().colored());
    out.print(output.text(json(all), width -> CheckText.of(all, paint)));
    out.flush();
    return code(all);
  }

  private void check(TaskwrightClient client, String subject, List<Checked> all) {
    Path path = Path.of(subject);
    boolean folder = Files.isDirectory(path);
    switch (Subject.of(subject)) {
      case Subject.Named(String task) when !folder -> all.add(saved(client, task));
      case Subject.Named(String task) ->
          DefinitionFiles.in(path).forEach(file -> all.add(file(client, file)));
      case Subject.InFile(Path file) -> all.add(file(client, file));
    }
  }

  private Checked file(TaskwrightClient client, Path path) {
    try {
      DefinitionFile file = DefinitionFile.read(path);
      try {
        return new Checked.Ran(
            path.toString(), new Applying(client).check(file, filter, patience()));
      } catch (ProblemException e) {
        return refused(path.toString(), e, Refusals.text(e.problem(), file));
      }
    } catch (DefinitionException e) {
      return new Checked.Refused(path.toString(), String.valueOf(e.getMessage()));
    }
  }

  private Checked saved(TaskwrightClient client, String task) {
    try {
      return new Checked.Ran(
          task, client.tasks().check(task, OptionalInt.empty(), filter, patience()));
    } catch (ProblemException e) {
      return refused(task, e, Refusals.text(e.problem()));
    }
  }

  private static Checked refused(String subject, ProblemException e, String text) {
    if (e.problem().ofServer()) {
      throw e;
    }
    return new Checked.Refused(subject, text);
  }

  private Duration patience() {
    return Duration.ofSeconds(timeout);
  }

  private void write(List<Checked> all) {
    if (junit == null) {
      return;
    }
    try {
      Files.writeString(junit, JunitXml.of(all));
    } catch (IOException e) {
      throw new Misuse("%s cannot be written: %s".formatted(junit, e));
    }
  }

  private static ArrayNode json(List<Checked> all) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (Checked checked : all) {
      ObjectNode one = array.addObject().put("subject", checked.subject());
      switch (checked) {
        case Checked.Ran ran -> one.setAll(ran.report().json().asObject());
        case Checked.Refused refused -> one.put("refused", refused.message());
      }
    }
    return array;
  }

  private static int code(List<Checked> all) {
    if (all.stream().anyMatch(Checked.Refused.class::isInstance)) {
      return ExitCode.REFUSED;
    }
    boolean failed =
        all.stream().anyMatch(one -> one instanceof Checked.Ran ran && ran.report().failed() > 0);
    return failed ? ExitCode.FAILED : ExitCode.DONE;
  }
}
