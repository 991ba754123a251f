package io.taskwright.app.terminal;

/** In which form a verb prints what it found. */
public enum OutputForm {
  /** For people. */
  TABLE,
  /** For programs. */
  JSON,
  /** For people who keep it in files. */
  YAML
}
