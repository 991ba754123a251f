package io.taskwright.app.command;

import io.taskwright.app.data.DataFolder;
import io.taskwright.app.service.Instance;
import io.taskwright.app.service.InstanceFile;
import io.taskwright.app.service.InstanceJson;
import io.taskwright.app.service.ServiceState;
import io.taskwright.app.terminal.Documents;
import io.taskwright.app.terminal.OutputForm;
import io.taskwright.client.Json;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code status}: what runs. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Says what runs on this machine.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:all is ready", "1:some part is not ready", "4:nothing runs"})
public final class Status implements Callable<Integer> {
  private static final int NOT_READY = 1;
  private static final int NOTHING_RUNS = 4;

  @Spec private @Nullable CommandSpec spec;
  @Mixin private DataOption data = new DataOption();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORM",
      defaultValue = "table",
      description = "table, json or yaml. Default: table")
  private OutputForm form = OutputForm.TABLE;

  @Override
  public Integer call() {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    Optional<Instance> instance =
        DataFolder.find(data.path()).flatMap(folder -> InstanceFile.of(folder).live());
    if (instance.isEmpty()) {
      out.print(
          switch (form) {
            case TABLE -> "Nothing runs on " + data.path() + ".\n";
            case JSON -> InstanceJson.nothing(data.path());
            case YAML -> Documents.yaml(Json.read(InstanceJson.nothing(data.path())));
          });
      out.flush();
      return NOTHING_RUNS;
    }
    out.print(
        switch (form) {
          case TABLE -> StatusText.of(instance.get());
          case JSON -> InstanceJson.write(instance.get());
          case YAML -> Documents.yaml(Json.read(InstanceJson.write(instance.get())));
        });
    out.flush();
    return instance.get().state() == ServiceState.READY ? 0 : NOT_READY;
  }
}
