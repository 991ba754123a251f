package io.taskwright.sandbox.bubblewrap;

import io.taskwright.sandbox.guest.EnvironmentException;
import java.util.BitSet;

/**
 * Users of the host that nobody else has, one for each environment at a time.
 *
 * <p>They lie above what distributions, containers and systemd give away (0x70000000 to
 * 0x7FFFFFFF), where each instance of the service has a range of its own.
 */
final class HostUsers {
  private static final int FIRST = 0x70000000;
  private static final int RANGES = 1 << 18;
  private static final int SIZE = 1 << 10;

  private final int base;
  private final BitSet taken = new BitSet(SIZE);

  HostUsers(String instance) {
    base = FIRST + Math.floorMod(instance.hashCode(), RANGES) * SIZE;
  }

  synchronized int take() throws EnvironmentException {
    int free = taken.nextClearBit(0);
    if (free >= SIZE) {
      throw new EnvironmentException("there are " + SIZE + " environments already; try later");
    }
    taken.set(free);
    return base + free;
  }

  synchronized void giveBack(int user) {
    taken.clear(user - base);
  }
}
