package io.taskwright.activities.masking;

/**
 * Bytes by which a secret is known.
 *
 * @param before whether the byte before them tells a part of the secret, too
 * @param after the same of the byte after them
 */
@SuppressWarnings("ArrayRecordComponent") // bytes that are looked for, never compared
record Pattern(byte[] bytes, boolean before, boolean after) {
  static Pattern of(byte[] bytes) {
    return new Pattern(bytes, false, false);
  }
}
