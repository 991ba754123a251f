package io.taskwright.app;

import io.taskwright.app.client.Apply;
import io.taskwright.app.client.ArtifactsVerb;
import io.taskwright.app.client.BatchVerb;
import io.taskwright.app.client.Check;
import io.taskwright.app.client.Completion;
import io.taskwright.app.client.ControlVerb;
import io.taskwright.app.client.Diff;
import io.taskwright.app.client.Export;
import io.taskwright.app.client.Get;
import io.taskwright.app.client.GetVersions;
import io.taskwright.app.client.Import;
import io.taskwright.app.client.Init;
import io.taskwright.app.client.KeysVerb;
import io.taskwright.app.client.LimitsVerb;
import io.taskwright.app.client.LogsVerb;
import io.taskwright.app.client.Priority;
import io.taskwright.app.client.Publish;
import io.taskwright.app.client.Rerun;
import io.taskwright.app.client.Retry;
import io.taskwright.app.client.Rollback;
import io.taskwright.app.client.Run;
import io.taskwright.app.client.SecretsVerb;
import io.taskwright.app.client.ShelfVerb;
import io.taskwright.app.client.SignalVerb;
import io.taskwright.app.client.Skip;
import io.taskwright.app.client.StartVerb;
import io.taskwright.app.client.Validate;
import io.taskwright.app.command.Doctor;
import io.taskwright.app.command.Down;
import io.taskwright.app.command.Rehearse;
import io.taskwright.app.command.Server;
import io.taskwright.app.command.Status;
import io.taskwright.app.command.Supervise;
import io.taskwright.app.command.Up;
import io.taskwright.app.command.Worker;
import io.taskwright.app.machine.JavaProgram;
import io.taskwright.app.service.Versions;
import io.taskwright.client.Executions;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line. Each verb is a class of its own, listed in {@link #commandLine}. */
@Command(
    name = "taskwright",
    description = "Runs tasks that must not get lost.",
    mixinStandardHelpOptions = true,
    versionProvider = Taskwright.Version.class)
public final class Taskwright implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  private Taskwright() {}

  /** Runs one verb and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(commandLine(JavaProgram.of(Taskwright.class)).execute(args));
  }

  /**
   * All verbs.
   *
   * @param program how this program is started again, as another process
   */
  static CommandLine commandLine(JavaProgram program) {
    return new CommandLine(new Taskwright())
        .addSubcommand(new Run(program))
        .addSubcommand(new Init())
        .addSubcommand(new Validate())
        .addSubcommand(new Check(program))
        .addSubcommand(new Apply())
        .addSubcommand(new StartVerb())
        .addSubcommand(new Get())
        .addSubcommand(new LogsVerb())
        .addSubcommand(new ArtifactsVerb())
        .addSubcommand(ControlVerb.of(Executions.Command.CANCEL))
        .addSubcommand(ControlVerb.of(Executions.Command.TERMINATE))
        .addSubcommand(ControlVerb.of(Executions.Command.PAUSE))
        .addSubcommand(ControlVerb.of(Executions.Command.RESUME))
        .addSubcommand(new Skip())
        .addSubcommand(new SignalVerb())
        .addSubcommand(new Priority())
        .addSubcommand(new Retry())
        .addSubcommand(new Rerun())
        .addSubcommand(new BatchVerb())
        .addSubcommand(new Export())
        .addSubcommand(new Import())
        .addSubcommand(new GetVersions())
        .addSubcommand(new Diff())
        .addSubcommand(new Publish())
        .addSubcommand(new Rollback())
        .addSubcommand(ShelfVerb.archive())
        .addSubcommand(ShelfVerb.unarchive())
        .addSubcommand(new KeysVerb())
        .addSubcommand(new SecretsVerb())
        .addSubcommand(new LimitsVerb())
        .addSubcommand(new Up(program))
        .addSubcommand(new Down(program))
        .addSubcommand(new Status())
        .addSubcommand(new Doctor())
        .addSubcommand(new Server())
        .addSubcommand(new Worker())
        .addSubcommand(new Completion())
        .addSubcommand(new Supervise(program))
        .addSubcommand(new Rehearse())
        .setExecutionExceptionHandler(new Failures())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExpandAtFiles(false); // --input @FILE is an input, not arguments
  }

  @Override
  public void run() {
    throw new ParameterException(Objects.requireNonNull(spec).commandLine(), "Say what to do.");
  }

  /** Says which version this is. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"taskwright " + Versions.read().taskwright()};
    }
  }
}
