package io.taskwright.app.server;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** What this process is called in records: its host and its number. */
final class ProcessName {
  private ProcessName() {}

  static String get() {
    return host() + "/" + ProcessHandle.current().pid();
  }

  static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
