package io.taskwright.sandbox.frame;

/** One thing that the warden tells the host; the types are those of {@code warden.h}. */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way, never compared
public sealed interface Frame {
  /** The most bytes that one frame carries. */
  int MAX_PAYLOAD = 65536;

  /** The environment stands and takes a program. */
  record Ready() implements Frame {}

  /** The program runs. */
  record Started() implements Frame {}

  /** Bytes of the program's stdout. */
  record Stdout(byte[] bytes) implements Frame {}

  /** Bytes of the program's stderr. */
  record Stderr(byte[] bytes) implements Frame {}

  /** Bytes that were written to {@code $TASK_PROGRESS}. */
  record Progress(byte[] bytes) implements Frame {}

  /** Bytes of the output, in order. */
  record Result(byte[] bytes) implements Frame {}

  /** Bytes of the harness's report about what went wrong, in order. */
  record Report(byte[] bytes) implements Frame {}

  /** A file that the program left begins: its path below the working directory. */
  record File(byte[] path) implements Frame {}

  /** Bytes of that file, in order. */
  record FileData(byte[] bytes) implements Frame {}

  /** A file may not be taken: one byte of the reason, then its path. No other file follows. */
  record FileRefused(byte[] said) implements Frame {}

  /** The last one: how the program ended. */
  record Ended(GuestEnd end) implements Frame {}
}
