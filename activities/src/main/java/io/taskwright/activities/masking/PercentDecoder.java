package io.taskwright.activities.masking;

/** Reads {@code %41} as URLs do. */
final class PercentDecoder extends Decoder {
  private static final int LENGTH = 3;

  PercentDecoder(Heard next) {
    super('%', next);
  }

  @Override
  Meaning meaning(byte[] sequence, int length) {
    int number = hex(sequence, 1, length);
    if (number < 0) {
      return Meaning.NONE;
    }
    return length < LENGTH ? Meaning.OPEN : Meaning.of(number);
  }
}
