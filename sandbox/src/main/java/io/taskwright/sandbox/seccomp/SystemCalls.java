package io.taskwright.sandbox.seccomp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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
    try (InputStream in = SystemCalls.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is not in the jar");
      }
      var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII));
      for (String line; (line = reader.readLine()) != null; ) {
        int space = line.indexOf(' ');
        if (!line.startsWith("#")) {
          numbers.put(line.substring(space + 1), Integer.valueOf(line.substring(0, space)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be read", e);
    }
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
