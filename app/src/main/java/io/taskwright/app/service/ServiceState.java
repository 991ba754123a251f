package io.taskwright.app.service;

/** How the service on a data folder is as a whole. */
public enum ServiceState {
  STARTING,
  READY,
  /** It was ready, and some part is not at the moment. */
  DEGRADED,
  STOPPING,
  STOPPED,
  /** A part failed again and again at the start, and all was stopped. */
  FAILED
}
