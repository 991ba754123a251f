package io.taskwright.sandbox.guest;

import io.taskwright.model.definition.Destination;
import io.taskwright.sandbox.RunFiles;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A program as the warden takes it.
 *
 * @param harness what is started before the program; empty if the words are all
 * @param words what the harness hears; without one, the command line, whose first word is an
 *     absolute path
 * @param variables all that the program's environment holds beside the harness's
 * @param files what lies in {@link #FOLDER} when it starts
 * @param egress where it may connect to
 * @param exchanged the files that go in and come out beside {@code files}
 * @param layer packages of the host that it sees
 */
public record Launch(
    Optional<Harness> harness,
    List<String> words,
    Map<String, String> variables,
    List<LaunchFile> files,
    List<Destination> egress,
    RunFiles exchanged,
    Optional<Layer> layer) {
  /** Where everything of the task is, in every environment; bounded by the limits. */
  public static final String FOLDER = "/task";

  /** The most bytes that a command line and variables may have together. */
  static final int MAX_TEXT = 1 << 20;

  public Launch {
    words = List.copyOf(words);
    variables = Map.copyOf(variables);
    files = List.copyOf(files);
    egress = List.copyOf(egress);
  }

  /** A command line as it is, that takes and leaves no files. */
  public Launch(
      List<String> words,
      Map<String, String> variables,
      List<LaunchFile> files,
      List<Destination> egress) {
    this(Optional.empty(), words, variables, files, egress, RunFiles.NONE, Optional.empty());
  }

  /**
   * A file of the task.
   *
   * @param path below {@link #FOLDER}
   * @param mode permissions
   */
  @SuppressWarnings("ArrayRecordComponent") // content is written once and never compared
  public record LaunchFile(String path, int mode, byte[] content) {}
}
