package io.taskwright.sandbox.wasm;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The end of what a program wrote to stderr, which often says why it failed. */
final class LastWords {
  private final int most;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

  LastWords(int most) {
    this.most = most;
  }

  void add(byte[] bytes) {
    kept.writeBytes(bytes);
    if (kept.size() > 2 * most) {
      byte[] all = kept.toByteArray();
      kept.reset();
      kept.writeBytes(Arrays.copyOfRange(all, all.length - most, all.length));
    }
  }

  String text() {
    byte[] all = kept.toByteArray();
    int from = Math.max(0, all.length - most);
    return new String(all, from, all.length - from, StandardCharsets.UTF_8);
  }
}
