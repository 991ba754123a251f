package io.taskwright.sandbox.wasi;

import java.util.concurrent.TimeUnit;
import run.endive.runtime.Memory;
import run.endive.runtime.WasmInterruptedException;

/** The call that waits: for a clock, or for a file, which is always ready. */
final class WaitCalls {
  private static final int SUBSCRIPTION = 48;
  private static final int EVENT = 32;
  private static final int MOST = 256;

  private WaitCalls() {}

  static void addTo(Calls calls) {
    calls.add("poll_oneoff", "iiii", WaitCalls::poll);
  }

  private static void poll(GuestMemory guest, long... a) {
    long count = a[2];
    if (count < 1 || count > MOST) {
      throw new ErrnoException(Errno.INVALID);
    }
    long shortest = Long.MAX_VALUE;
    for (int i = 0; i < count; i++) {
      shortest = Math.min(shortest, wait(guest.memory(), (int) a[0] + SUBSCRIPTION * i));
    }
    sleep(shortest);
    int events = 0;
    for (int i = 0; i < count; i++) {
      int at = (int) a[0] + SUBSCRIPTION * i;
      if (wait(guest.memory(), at) <= shortest) {
        long event = a[1] + (long) EVENT * events++;
        guest.zero(event, EVENT);
        guest.longNumber(event, guest.memory().readLong(at));
        guest.one(event + 10, guest.memory().read(at + 8));
      }
    }
    guest.number(a[3], events);
  }

  /** Nanoseconds until the subscription is due. */
  private static long wait(Memory memory, int at) {
    if (memory.read(at + 8) != 0) {
      return 0;
    }
    long timeout = memory.readLong(at + 24);
    boolean absolute = (memory.readShort(at + 40) & 1) != 0;
    long left = absolute ? timeout - ProcessCalls.now(memory.readInt(at + 16)) : timeout;
    return left < 0 ? (absolute ? 0 : Long.MAX_VALUE) : left;
  }

  private static void sleep(long nanos) {
    try {
      TimeUnit.NANOSECONDS.sleep(nanos);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WasmInterruptedException("the program was waiting");
    }
  }
}
