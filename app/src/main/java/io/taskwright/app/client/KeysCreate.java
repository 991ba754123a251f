package io.taskwright.app.client;

import io.taskwright.client.Keys;
import io.taskwright.client.TaskwrightClient;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/** {@code keys create}: a new API key. */
@Command(
    name = "create",
    mixinStandardHelpOptions = true,
    description = "Makes a key and prints it. It is told this once only.",
    exitCodeOnExecutionException = ExitCode.UNREACHABLE)
final class KeysCreate implements Callable<Integer> {
  /** What the holder of a key may do; the service's own words. */
  private enum KeyRole {
    VIEWER,
    OPERATOR,
    AUTHOR,
    ADMIN,
    EXECUTOR;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Spec private @Nullable CommandSpec spec;
  @Mixin private ServiceOption service = new ServiceOption();
  @Mixin private OutputOption output = new OutputOption();

  @Parameters(paramLabel = "NAME", description = "What the key is called.")
  private String name = "";

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      required = true,
      description = "What its holder may do: ${COMPLETION-CANDIDATES}")
  private KeyRole role = KeyRole.VIEWER;

  @Override
  public Integer call() {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    try (TaskwrightClient client = service.client()) {
      Keys.Issued issued = client.keys().create(name, role.toString());
      if (output.forPeople()) {
        err.println("Keep it now; it is not shown again. %s, %s:".formatted(name, role));
        err.flush();
      }
      ObjectNode json = issued.key().json().deepCopy().asObject();
      out.print(
          output.text(
              json.put("secret", issued.secret().secret()),
              width -> issued.secret().secret() + "\n"));
      out.flush();
    }
    return ExitCode.DONE;
  }
}
