package io.taskwright.sandbox.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Turns a name into addresses. */
@FunctionalInterface
public interface Resolver {
  /** All addresses of a name, or the one that it is. */
  List<InetAddress> resolve(String host) throws UnknownHostException;

  /** The host's own; one for all that use it for long. */
  static Resolver ofHost() {
    return new HostResolver();
  }
}
