package io.taskwright.activities.masking;

import java.nio.charset.StandardCharsets;

/** Reads what JSON and most languages write with a backslash. */
final class EscapeDecoder extends Decoder {
  private static final int BYTE = 4; // a backslash, x and two digits
  private static final int UNIT = 6; // a backslash, u and four digits
  private static final int PAIR = 12;

  EscapeDecoder(Heard next) {
    super('\\', next);
  }

  @Override
  Meaning meaning(byte[] sequence, int length) {
    if (length == 1) {
      return Meaning.OPEN;
    }
    return switch (sequence[1]) {
      case 'n' -> Meaning.of('\n');
      case 'r' -> Meaning.of('\r');
      case 't' -> Meaning.of('\t');
      case 'b' -> Meaning.of('\b');
      case 'f' -> Meaning.of('\f');
      case '"', '\'', '\\', '/' -> Meaning.of(sequence[1]);
      case 'x' -> oneByte(sequence, length);
      case 'u' -> character(sequence, length);
      default -> Meaning.NONE;
    };
  }

  private static Meaning oneByte(byte[] sequence, int length) {
    int number = hex(sequence, 2, length);
    if (number < 0) {
      return Meaning.NONE;
    }
    return length < BYTE ? Meaning.OPEN : Meaning.of(number);
  }

  private static Meaning character(byte[] sequence, int length) {
    int unit = hex(sequence, 2, Math.min(length, UNIT));
    if (unit < 0) {
      return Meaning.NONE;
    }
    if (length < UNIT) {
      return Meaning.OPEN;
    }
    if (!Character.isHighSurrogate((char) unit)) {
      return utf8(Character.toString((char) unit));
    }
    boolean goesOn =
        (length <= UNIT || sequence[UNIT] == '\\')
            && (length <= UNIT + 1 || sequence[UNIT + 1] == 'u');
    int low = length <= UNIT + 2 ? 0 : hex(sequence, UNIT + 2, length);
    if (!goesOn || low < 0) {
      return Meaning.NONE;
    }
    return length < PAIR ? Meaning.OPEN : utf8(new String(new char[] {(char) unit, (char) low}));
  }

  private static Meaning utf8(String text) {
    return new Meaning.Bytes(text.getBytes(StandardCharsets.UTF_8));
  }
}
