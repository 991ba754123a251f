package io.taskwright.sandbox;

import io.taskwright.model.file.OutputFiles;
import java.nio.file.Path;
import java.util.List;

/**
 * The files that go into a run beside its program, and those that are taken out after its end.
 *
 * @param given lie in the working directory when the program starts
 * @param kept what the sink gets of what the program left, if it ended well
 */
public record RunFiles(List<Given> given, OutputFiles kept) {
  /** None at all. */
  public static final RunFiles NONE = new RunFiles(List.of(), OutputFiles.NONE);

  public RunFiles {
    given = List.copyOf(given);
  }

  /**
   * One that goes in.
   *
   * @param path relative to the working directory
   * @param content where its bytes are on this host; nobody but the executor may write there
   */
  public record Given(String path, Path content) {}
}
