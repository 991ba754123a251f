package io.taskwright.activities.masking;

/** What the beginning of a sequence of bytes stands for. */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way, never compared
sealed interface Meaning {
  /** It depends on what follows. */
  Meaning OPEN = new Open();

  /** Nothing: each byte stands for itself. */
  Meaning NONE = new None();

  record Open() implements Meaning {}

  record None() implements Meaning {}

  /** The sequence is complete. */
  record Bytes(byte[] bytes) implements Meaning {}

  static Meaning of(int b) {
    return new Bytes(new byte[] {(byte) b});
  }
}
