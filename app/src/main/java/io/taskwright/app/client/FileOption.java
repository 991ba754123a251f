package io.taskwright.app.client;

import io.taskwright.client.Start;
import io.taskwright.client.TaskwrightClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** Files of this machine that a task is given. */
final class FileOption {
  @Option(
      names = "--file",
      paramLabel = "PATH=FILE",
      description =
          "A file that the program finds under that path in its working directory. May be given"
              + " more than once.")
  private Map<String, Path> files = new LinkedHashMap<>();

  /**
   * The start with the files, which are uploaded.
   *
   * @throws Misuse if one cannot be read
   */
  Start upload(TaskwrightClient client, Start start) {
    Map<String, String> hashes = new LinkedHashMap<>();
    for (Map.Entry<String, Path> file : files.entrySet()) {
      try {
        if (!Files.isRegularFile(file.getValue())) {
          throw new Misuse("There is no file %s for --file.".formatted(file.getValue()));
        }
        hashes.put(file.getKey(), client.files().upload(file.getValue()));
      } catch (IOException e) {
        throw new Misuse(
            "%s cannot be read for --file: %s".formatted(file.getValue(), e.getMessage()));
      }
    }
    return start.given(hashes);
  }
}
