package io.taskwright.app.supervisor;

import io.taskwright.app.process.ProcessId;
import io.taskwright.app.process.Signal;
import java.io.File;
import java.io.IOException;
import java.util.Optional;
import java.util.function.IntConsumer;

/** A process of this machine. */
final class LinuxChild implements Child {
  private final Process process;
  private final Optional<ProcessId> id;

  private LinuxChild(Process process) {
    this.process = process;
    this.id = ProcessId.of(process.pid());
  }

  /**
   * Starts the part's program with its output appended to the part's log. A signal at the parent's
   * death comes when the <em>thread</em> dies that started the process, so this is called from one
   * that lives as long as the supervisor.
   */
  static Child start(Part part) throws IOException {
    Process process =
        new ProcessBuilder(part.launch().command())
            .directory(new File("/"))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(part.log().toFile()))
            .start();
    process.getOutputStream().close();
    return new LinuxChild(process);
  }

  @Override
  public Optional<ProcessId> id() {
    return id;
  }

  @Override
  public void onEnd(IntConsumer callback) {
    var _ = process.onExit().thenAccept(ended -> callback.accept(ended.exitValue()));
  }

  @Override
  public boolean alive() {
    return process.isAlive();
  }

  @Override
  public void signal(Signal signal) {
    switch (signal) {
      case TERM -> process.destroy();
      case KILL -> process.destroyForcibly();
      case INT, QUIT -> {
        if (process.isAlive()) {
          signal.send(process.pid());
        }
      }
    }
  }
}
