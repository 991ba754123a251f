package io.taskwright.app.client;

import io.taskwright.app.terminal.Harmless;
import io.taskwright.client.TaskwrightClient;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code diff}: what differs between two versions, and what it breaks. */
@Command(
    name = "diff",
    mixinStandardHelpOptions = true,
    description = {
      "Shows what differs between two versions of a task, and whether those who send its input or"
          + " read its output can rely on the newer one."
    },
    exitCodeOnExecutionException = ExitCode.UNREACHABLE,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:it is shown",
      "2:there is no such version",
      "4:the service cannot be reached"
    })
public final class Diff implements Callable<Integer> {
  private static final int LONGEST = 120;

  @Spec private @Nullable CommandSpec spec;
  @Mixin private ServiceOption service = new ServiceOption();
  @Mixin private OutputOption output = new OutputOption();

  @Parameters(index = "0", paramLabel = "TASK", description = "The task's name or id.")
  private String task = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "FROM",
      description = "The older version. Default: the one before the other")
  private @Nullable String from;

  @Parameters(
      index = "2",
      arity = "0..1",
      paramLabel = "TO",
      description = "The newer version, or draft. Default: the newest")
  private @Nullable String to;

  @Override
  public Integer call() {
    var out = Objects.requireNonNull(spec).commandLine().getOut();
    try (TaskwrightClient client = service.client()) {
      JsonNode diff = client.tasks().diff(task, Optional.ofNullable(from), Optional.ofNullable(to));
      out.print(output.text(diff, width -> text(diff)));
      out.flush();
    }
    return ExitCode.DONE;
  }

  private static String text(JsonNode diff) {
    StringBuilder text = new StringBuilder();
    text.append(
        "%s: %s to %s is %s%n"
            .formatted(
                diff.at("/task/name").asString(""),
                side(diff.path("from")),
                side(diff.path("to")),
                diff.path("verdict").asString("")));
    for (String schema : new String[] {"input", "output", "signals"}) {
      JsonNode comparison = diff.path(schema);
      if (schema.equals("signals") && comparison.path("verdict").asString("").equals("same")) {
        continue; // most tasks have none
      }
      text.append("  %s: %s%n".formatted(schema, comparison.path("verdict").asString("")));
      for (JsonNode finding : comparison.path("findings").values()) {
        text.append(
            "    %s %s: %s%n"
                .formatted(
                    finding.path("verdict").asString(""),
                    Harmless.line(finding.path("pointer").asString("")),
                    Harmless.line(finding.path("message").asString(""))));
      }
    }
    for (JsonNode change : diff.path("changes").values()) {
      text.append(change(change));
    }
    return text.toString();
  }

  private static String side(JsonNode side) {
    return side.has("draft") ? "draft" : "version " + side.path("version").asInt(0);
  }

  private static String change(JsonNode change) {
    String pointer = Harmless.line(change.path("pointer").asString(""));
    String from = change.has("from") ? "    - " + value(change.get("from")) + "\n" : "";
    String to = change.has("to") ? "    + " + value(change.get("to")) + "\n" : "";
    return "  %s %s%n".formatted(change.path("kind").asString(""), pointer) + from + to;
  }

  private static String value(JsonNode value) {
    String text = Harmless.line(value.toString());
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }
}
