package io.taskwright.activities.masking;

/** Takes the bytes of a text one by one, as they are or as what they stand for. */
interface Heard {
  /**
   * The next byte.
   *
   * @param from where in the text that stands which means this byte
   * @param to where it ends
   */
  void take(byte b, long from, long to);
}
