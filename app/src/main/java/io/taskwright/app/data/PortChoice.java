package io.taskwright.app.data;

import io.taskwright.app.machine.Obstacle;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Chooses ports: the one that was used before, else the one people expect, else any free one.
 *
 * @param take takes a port for this process, or says that it cannot be had
 * @param firstTried where the search for any free port starts
 */
record PortChoice(IntPredicate take, int firstTried) {
  /** Below what Linux gives to outgoing connections, so that none sits on a port by chance. */
  static final int FIRST = 20_000;

  static final int LAST = 31_999;

  Map<PortName, Integer> choose(Map<PortName, Integer> before) {
    Map<PortName, Integer> chosen = new EnumMap<>(PortName.class);
    for (PortName name : PortName.values()) {
      chosen.put(name, choose(name, before.getOrDefault(name, 0)));
    }
    return chosen;
  }

  private int choose(PortName name, int before) {
    if (before != 0 && take.test(before)) {
      return before;
    }
    OptionalInt preferred = name.preferred();
    if (preferred.isPresent() && take.test(preferred.getAsInt())) {
      return preferred.getAsInt();
    }
    int count = LAST - FIRST + 1;
    return IntStream.range(0, count)
        .map(i -> FIRST + (firstTried - FIRST + i) % count)
        .filter(take)
        .findFirst()
        .orElseThrow(() -> new Obstacle("No port from %d to %d is free.".formatted(FIRST, LAST)));
  }
}
