package io.taskwright.store.file;

/** What came of handing a file in. */
public enum Handing {
  /** It is kept; perhaps it was before. */
  KEPT,
  /** The attempt is over; nothing was kept. */
  OVER,
  /** Other bytes were handed in under the same path. */
  CONFLICT,
  /** The attempt has handed in as many files as it may. */
  TOO_MANY,
  /** With it the files would be larger than they may be. */
  TOO_LARGE
}
