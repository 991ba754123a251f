package io.taskwright.app.process;

import io.taskwright.app.machine.SearchPath;
import java.util.List;
import java.util.stream.Stream;

/** Programs that are told to end when the process that started them dies, however that happens. */
public final class Mortal {
  private Mortal() {}

  /**
   * The command with this behaviour, where util-linux's setpriv is there; else as it is. A change
   * of user clears the wish, so it stands directly before the program.
   */
  public static List<String> command(Signal signal, List<String> program) {
    if (SearchPath.ofEnvironment().find("setpriv").isEmpty()) {
      return program;
    }
    return Stream.concat(Stream.of("setpriv", "--pdeathsig", signal.name(), "--"), program.stream())
        .toList();
  }
}
