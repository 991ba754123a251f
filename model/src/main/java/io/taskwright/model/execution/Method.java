package io.taskwright.model.execution;

/** Where automated work is done. */
public enum Method {
  /** In an operating-system sandbox: bubblewrap or a container engine. */
  CONTAINER,
  /** As a function of a provider. */
  FAAS,
  /** In WebAssembly inside a worker's own process. */
  IN_PROCESS
}
