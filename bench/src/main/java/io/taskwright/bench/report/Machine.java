package io.taskwright.bench.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * Where and when was measured; no names of hosts and no paths.
 *
 * @param processor model of it
 * @param memoryMib main memory
 * @param loadBefore the machine's load average over one minute before the run
 * @param parts versions of what was measured
 */
public record Machine(
    Instant date,
    int cores,
    String processor,
    long memoryMib,
    String os,
    String jdk,
    double loadBefore,
    Map<String, String> parts) {
  private static final long KIB_PER_MIB = 1024;

  /**
   * Describes this machine.
   *
   * @param status what {@code status -o json} says of the installation
   */
  public static Machine here(double loadBefore, JsonNode status) {
    Map<String, String> parts = new TreeMap<>();
    status
        .path("parts")
        .forEach(
            part -> parts.put(part.path("name").asString(""), part.path("version").asString("")));
    return new Machine(
        Instant.now(),
        Runtime.getRuntime().availableProcessors(),
        field("/proc/cpuinfo", "model name"),
        Long.parseLong(field("/proc/meminfo", "MemTotal").replaceAll("[^0-9]", "")) / KIB_PER_MIB,
        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
        System.getProperty("java.vendor.version") + " " + System.getProperty("java.vm.version"),
        loadBefore,
        parts);
  }

  /** The load average over one minute now. */
  public static double load() {
    String text = text("/proc/loadavg");
    return Double.parseDouble(text.substring(0, text.indexOf(' ')));
  }

  private static String field(String file, String name) {
    return text(file)
        .lines()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse("0");
  }

  private static String text(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
