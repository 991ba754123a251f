package io.taskwright.app.client;

import io.taskwright.client.Strictness;
import picocli.CommandLine.Option;

/** Whether a version may refuse what was taken before. */
final class StrictOption {
  @Option(
      names = "--strict",
      description = "Refuse a version that would refuse what the last executions took or gave.")
  private boolean strict;

  @Option(
      names = "--last",
      paramLabel = "N",
      defaultValue = "100",
      description = "How many executions are looked at, up to 1000. Default: 100")
  private int last;

  Strictness strictness() {
    return new Strictness(strict, last);
  }

  int last() {
    return last;
  }
}
