package io.taskwright.app.client;

import io.taskwright.client.definition.Applied;

/** What bringing a definition to the service came to, in a word or two. */
final class AppliedText {
  private AppliedText() {}

  static String of(Applied applied) {
    return switch (applied) {
      case Applied.Created created -> "created";
      case Applied.Revised revised -> "new version";
      case Applied.Unchanged unchanged -> "unchanged";
    };
  }
}
