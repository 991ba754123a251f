package io.taskwright.sandbox.wasi;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Calls about the program itself: arguments, variables, time, chance, its end. */
final class ProcessCalls {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int RANDOM_AT_ONCE = 65536;
  private static final int WALL = 0;
  private static final int MONOTONIC = 1;

  private final List<byte[]> arguments;
  private final List<byte[]> variables;

  ProcessCalls(String name, Map<String, String> variables) {
    this.arguments = List.of(terminated(name));
    this.variables =
        variables.entrySet().stream()
            .map(variable -> terminated(variable.getKey() + "=" + variable.getValue()))
            .toList();
  }

  void addTo(Calls calls) {
    calls.add("args_get", "ii", (m, a) -> list(m, arguments, a));
    calls.add("args_sizes_get", "ii", (m, a) -> sizes(m, arguments, a));
    calls.add("environ_get", "ii", (m, a) -> list(m, variables, a));
    calls.add("environ_sizes_get", "ii", (m, a) -> sizes(m, variables, a));
    calls.add("clock_res_get", "ii", (m, a) -> m.longNumber(a[1], resolution((int) a[0])));
    calls.add("clock_time_get", "iIi", (m, a) -> m.longNumber(a[2], now((int) a[0])));
    calls.add("random_get", "ii", ProcessCalls::random);
    calls.add("sched_yield", "", (_, _) -> {});
    calls.refuse(Errno.NOT_SUPPORTED, "proc_raise", "i");
    calls.refuse(Errno.NO_SOCKET, "sock_accept", "iii");
    calls.refuse(Errno.NO_SOCKET, "sock_recv", "iiiiii");
    calls.refuse(Errno.NO_SOCKET, "sock_send", "iiiii");
    calls.refuse(Errno.NO_SOCKET, "sock_shutdown", "ii");
    calls.addLast(
        "proc_exit",
        (_, a) -> {
          throw new ExitException((int) a[0]);
        });
  }

  /** Nanoseconds of a clock. */
  static long now(int clock) {
    return switch (clock) {
      case WALL -> {
        Instant now = Instant.now();
        yield now.getEpochSecond() * 1_000_000_000L + now.getNano();
      }
      case MONOTONIC -> System.nanoTime();
      default -> throw new ErrnoException(Errno.INVALID);
    };
  }

  private static long resolution(int clock) {
    now(clock);
    return 1000;
  }

  private static void random(GuestMemory memory, long... a) {
    long left = a[1] & 0xFFFFFFFFL;
    long at = a[0];
    while (left > 0) {
      byte[] bytes = new byte[(int) Math.min(left, RANDOM_AT_ONCE)];
      RANDOM.nextBytes(bytes);
      memory.bytes(at, bytes);
      at += bytes.length;
      left -= bytes.length;
    }
  }

  private static void list(GuestMemory memory, List<byte[]> texts, long... a) {
    long text = a[1];
    for (int i = 0; i < texts.size(); i++) {
      memory.number(a[0] + 4L * i, text);
      memory.bytes(text, texts.get(i));
      text += texts.get(i).length;
    }
  }

  private static void sizes(GuestMemory memory, List<byte[]> texts, long... a) {
    memory.number(a[0], texts.size());
    memory.number(a[1], texts.stream().mapToInt(text -> text.length).sum());
  }

  private static byte[] terminated(String text) {
    return (text + "\0").getBytes(StandardCharsets.UTF_8);
  }
}
