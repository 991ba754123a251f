package io.taskwright.sandbox.guest;

import io.taskwright.model.definition.Destination;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A program as the warden takes it.
 *
 * @param words the command line; the first is an absolute path
 * @param variables all that the program's environment holds
 * @param files what lies in {@link #FOLDER} when it starts
 * @param egress where it may connect to
 * @param layer packages of the host that it sees
 */
public record Launch(
    List<String> words,
    Map<String, String> variables,
    List<LaunchFile> files,
    List<Destination> egress,
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

  /** A program without packages. */
  public Launch(
      List<String> words,
      Map<String, String> variables,
      List<LaunchFile> files,
      List<Destination> egress) {
    this(words, variables, files, egress, Optional.empty());
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
