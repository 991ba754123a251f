package io.taskwright.app.client;

/** How much a line of log matters. */
enum LogLevel {
  DEBUG,
  INFO,
  WARN,
  ERROR
}
