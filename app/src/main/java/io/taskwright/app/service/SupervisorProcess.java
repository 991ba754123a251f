package io.taskwright.app.service;

import io.taskwright.app.data.DataFolder;
import io.taskwright.app.machine.JavaProgram;
import io.taskwright.app.machine.Obstacle;
import io.taskwright.app.machine.SearchPath;
import io.taskwright.app.process.Mortal;
import io.taskwright.app.process.Signal;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Starts the supervisor as a process of its own. */
final class SupervisorProcess {
  /** The name of its log. */
  static final String NAME = "supervisor";

  /** It watches, asks and writes small files; the parts do the work. */
  private static final List<String> SMALL =
      List.of(
          "-Xmx64m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:-UsePerfData",
          "-Dslf4j.internal.verbosity=WARN",
          "-Dslf4j.provider=org.slf4j.helpers.NOP_FallbackServiceProvider",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  private SupervisorProcess() {}

  /**
   * Starts it, in a session of its own: Ctrl-C in the terminal must not hit all parts at once.
   *
   * @param outlivesUs whether it goes on when this process ends; else this process, on its way out,
   *     waits until all has ended
   */
  static Process start(Plan plan, boolean outlivesUs) {
    JavaProgram program = plan.program();
    List<String> options = new ArrayList<>(SMALL);
    program.classCache(JavaProgram.Rehearsed.COMMAND).ifPresent(options::add);
    List<String> verb = new ArrayList<>(List.of("supervise"));
    verb.addAll(plan.arguments());
    List<String> java = program.command(options, verb);
    List<String> command = new ArrayList<>();
    if (SearchPath.ofEnvironment().find("setsid").isPresent()) {
      command.add("setsid");
    }
    command.addAll(outlivesUs ? java : Mortal.command(Signal.TERM, java));
    try {
      DataFolder data = plan.data();
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(new File("/"))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(data.log(NAME).toFile()));
      // Server and executor take settings from the environment, this one among them.
      builder.environment().put(DataFolder.VARIABLE, data.toString());
      Process process = builder.start();
      process.getOutputStream().close();
      if (!outlivesUs) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process)));
      }
      return process;
    } catch (IOException e) {
      throw new Obstacle("Cannot start the supervisor: " + e.getMessage(), e);
    }
  }

  private static void end(Process supervisor) {
    supervisor.destroy();
    try {
      supervisor.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
