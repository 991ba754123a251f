package io.taskwright.sandbox.seccomp;

import io.taskwright.sandbox.resource.Resource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The numbers of system calls. Not every architecture has every call. */
record SystemCalls(Map<String, Integer> numbers) {
  SystemCalls {
    numbers = Map.copyOf(numbers);
  }

  static SystemCalls of(Architecture architecture) {
    String name = "syscalls-" + architecture.kernelName() + ".txt";
    Map<String, Integer> numbers = new HashMap<>();
    Resource.text(SystemCalls.class, name)
        .lines()
        .filter(line -> !line.startsWith("#"))
        .forEach(line -> {
          int space = line.indexOf(' ');
          numbers.put(line.substring(space + 1), Integer.valueOf(line.substring(0, space)));
        });
    return new SystemCalls(numbers);
  }

  Set<String> names() {
    return numbers.keySet();
  }

  /** The number from which on there are no calls that the table knows. */
  int end() {
    return numbers.values().stream().mapToInt(Integer::intValue).max().orElse(0) + 1;
  }
}
