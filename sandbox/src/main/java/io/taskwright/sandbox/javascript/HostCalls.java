package io.taskwright.sandbox.javascript;

/** What a program may ask of the host. All texts are the program's own word. */
interface HostCalls {
  /** Answers a call of the prelude by name; the answer is JSON. */
  String call(String name, String text);

  /** Takes bytes that were written to stdout or stderr. */
  void write(boolean error, byte[] bytes);

  /** The longest text that a call may carry. */
  long longestText();
}
