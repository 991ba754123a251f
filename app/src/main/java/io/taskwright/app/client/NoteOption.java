package io.taskwright.app.client;

import picocli.CommandLine.Option;

/** Why there is a new version. */
final class NoteOption {
  @Option(names = "--note", paramLabel = "TEXT", description = "Why, for the list of versions.")
  private String note = "";

  String text() {
    return note;
  }
}
