package io.taskwright.app.command;

/** In which form a verb prints what it found. */
enum OutputForm {
  /** For people. */
  TABLE,
  /** For programs. */
  JSON
}
