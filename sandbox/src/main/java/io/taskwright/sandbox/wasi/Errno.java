package io.taskwright.sandbox.wasi;

/** The error numbers of WASI that are used here. */
final class Errno {
  static final int OK = 0;
  static final int TOO_BIG = 1;
  static final int BAD_FILE = 8;
  static final int EXISTS = 20;
  static final int INVALID = 28;
  static final int IS_DIRECTORY = 31;
  static final int TOO_MANY_FILES = 33;
  static final int NAME_TOO_LONG = 37;
  static final int NO_ENTRY = 44;
  static final int NO_SPACE = 51;
  static final int NO_DIRECTORY = 54;
  static final int NOT_EMPTY = 55;
  static final int NO_SOCKET = 57;
  static final int NOT_SUPPORTED = 58;
  static final int NOT_PERMITTED = 63;
  static final int NO_SEEK = 70;

  private Errno() {}
}
