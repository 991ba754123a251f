package io.taskwright.app.client;

import io.taskwright.app.terminal.Harmless;
import io.taskwright.client.Draft;
import io.taskwright.client.Task;
import io.taskwright.client.TaskwrightClient;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code publish}: makes a draft the next version. */
@Command(
    name = "publish",
    mixinStandardHelpOptions = true,
    description = "Makes a task's draft its next version.",
    exitCodeOnExecutionException = ExitCode.UNREACHABLE,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:done",
      "2:there is no draft, it is wrong, or it would refuse what was taken before",
      "4:the service cannot be reached"
    })
public final class Publish implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private ServiceOption service = new ServiceOption();
  @Mixin private OutputOption output = new OutputOption();
  @Mixin private NoteOption note = new NoteOption();
  @Mixin private StrictOption strict = new StrictOption();

  @Parameters(paramLabel = "TASK", description = "The task's name or id.")
  private String task = "";

  @Option(
      names = "--check",
      description = "Publish nothing; say what it would refuse of the last executions.")
  private boolean check;

  @Override
  public Integer call() {
    var out = Objects.requireNonNull(spec).commandLine().getOut();
    try (TaskwrightClient client = service.client()) {
      if (check) {
        JsonNode report = client.drafts().check(task, strict.last());
        out.print(output.text(report, width -> text(report)));
        out.flush();
        boolean clean =
            report.at("/refused/inputs").asInt(0) + report.at("/refused/outputs").asInt(0) == 0;
        return clean ? ExitCode.DONE : ExitCode.REFUSED;
      }
      Draft draft =
          client
              .drafts()
              .find(task)
              .orElseThrow(() ->
                  new Misuse("'%s' has no draft; make one with apply --draft.".formatted(task)));
      Task made = client.drafts().publish(draft, note.text(), strict.strictness());
      out.print(
          output.text(
              made.json(),
              width -> "task %s, version %d%n".formatted(made.name(), made.version())));
      out.flush();
    }
    return ExitCode.DONE;
  }

  private static String text(JsonNode report) {
    StringBuilder text = new StringBuilder();
    text.append(
        "Of the last %d executions it would refuse %d inputs and %d outputs.%s%n"
            .formatted(
                report.path("checked").asInt(0),
                report.at("/refused/inputs").asInt(0),
                report.at("/refused/outputs").asInt(0),
                report.path("complete").asBoolean(true) ? "" : " There was no time for more."));
    for (JsonNode execution : report.path("executions").values()) {
      text.append(
          "  %s, version %d, %s%n"
              .formatted(
                  execution.path("id").asString(""),
                  execution.path("version").asInt(0),
                  execution.path("status").asString("")));
      for (String side : new String[] {"input", "output"}) {
        for (JsonNode error : execution.path(side).values()) {
          text.append(
              "    %s%s: %s (%s)%n"
                  .formatted(
                      side,
                      Harmless.line(error.path("pointer").asString("")),
                      Harmless.line(error.path("message").asString("")),
                      Harmless.line(error.path("keyword").asString(""))));
        }
      }
    }
    return text.toString();
  }
}
