package io.taskwright.app.client;

import io.taskwright.client.Batch;
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

/** {@code batch abort}: ends a batch early. */
@Command(
    name = "abort",
    mixinStandardHelpOptions = true,
    description = "Ends a batch early; what had no turn stays untouched.",
    exitCodeOnExecutionException = ExitCode.UNREACHABLE,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:it is aborted",
      "2:there is no such batch, or every execution had its turn",
      "4:the service cannot be reached"
    })
final class BatchAbort implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private ServiceOption service = new ServiceOption();
  @Mixin private OutputOption output = new OutputOption();

  @Parameters(paramLabel = "ID", description = "The batch's id.")
  private String id = "";

  @Option(names = "--reason", paramLabel = "TEXT", description = "For the record.")
  private String reason = "";

  @Override
  public Integer call() {
    try (TaskwrightClient client = service.client()) {
      Batch batch = client.batches().abort(id, reason);
      var out = Objects.requireNonNull(spec).commandLine().getOut();
      out.print(
          output.text(
              batch.json(),
              width -> "%s: %s\n".formatted(batch.state(), BatchWatching.text(batch))));
      out.flush();
      return ExitCode.DONE;
    }
  }
}
