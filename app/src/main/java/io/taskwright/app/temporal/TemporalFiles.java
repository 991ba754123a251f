package io.taskwright.app.temporal;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Programs of Temporal as files.
 *
 * @param folder where they are
 */
record TemporalFiles(Path folder) implements TemporalCommands {
  @Override
  public List<String> command(TemporalProgram program, List<String> arguments) {
    return Stream.concat(Stream.of(folder.resolve(program.file()).toString()), arguments.stream())
        .toList();
  }

  @Override
  public void clear(TemporalProgram program) {
    // A process leaves nothing.
  }
}
