package io.taskwright.app.client;

import picocli.CommandLine.Option;

/** {@code --help}, for verbs on which {@code --version} means a task's. */
final class HelpOption {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help message and exit.")
  private boolean asked;

  boolean asked() {
    return asked;
  }
}
