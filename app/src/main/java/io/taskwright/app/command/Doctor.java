package io.taskwright.app.command;

import io.taskwright.app.doctor.Examination;
import io.taskwright.app.doctor.Report;
import io.taskwright.app.machine.Cache;
import io.taskwright.app.machine.SearchPath;
import io.taskwright.app.terminal.Documents;
import io.taskwright.app.terminal.OutputForm;
import io.taskwright.client.Json;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code doctor}: what this machine has and lacks. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = "Says what this machine has and lacks, what will be used and why.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:the service can be started here", "1:it cannot"})
public final class Doctor implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private DataOption data = new DataOption();
  @Mixin private TemporalOption temporal = new TemporalOption();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORM",
      defaultValue = "table",
      description = "table, json or yaml. Default: table")
  private OutputForm form = OutputForm.TABLE;

  @Override
  public Integer call() {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    Report report =
        new Report(
            new Examination(
                    data.path(),
                    SearchPath.ofEnvironment(),
                    Cache.ofEnvironment(),
                    temporal.address())
                .findings());
    out.print(
        switch (form) {
          case TABLE -> report.text();
          case JSON -> report.json();
          case YAML -> Documents.yaml(Json.read(report.json()));
        });
    out.flush();
    return report.startable() ? 0 : 1;
  }
}
