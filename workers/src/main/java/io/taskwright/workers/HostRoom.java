package io.taskwright.workers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntSupplier;

/**
 * How many more attempts this host bears, by what the kernel says of its memory and its queue of
 * processes. The virtual machine's own figures will not do: programs run outside of it.
 */
public final class HostRoom implements IntSupplier {
  private static final int PLENTY = 1_000_000;

  /** More processes than this want each core: what is started now only makes all slower. */
  private static final int MOST_RUNNABLE_PER_CORE = 16;

  private final Path proc;
  private final long reserve;
  private final long each;
  private final int cores;

  /**
   * @param reserve bytes that stay free for the host
   * @param each bytes that an attempt is expected to take
   */
  public HostRoom(long reserve, long each) {
    this(Path.of("/proc"), reserve, each, Runtime.getRuntime().availableProcessors());
  }

  HostRoom(Path proc, long reserve, long each, int cores) {
    this.proc = proc;
    this.reserve = reserve;
    this.each = each;
    this.cores = cores;
  }

  @Override
  public int getAsInt() {
    try {
      return runnable() > MOST_RUNNABLE_PER_CORE * cores
          ? 0
          : Math.clamp((available() - reserve) / each, 0, PLENTY);
    } catch (IOException | NumberFormatException e) {
      return PLENTY; // A host that does not say how it is has no bound but its slots.
    }
  }

  private long available() throws IOException {
    for (String line : Files.readAllLines(proc.resolve("meminfo"))) {
      if (line.startsWith("MemAvailable:")) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) << 10;
      }
    }
    throw new IOException("the kernel does not tell what memory is available");
  }

  /** The fourth field is {@code running/all}. */
  private int runnable() throws IOException {
    String[] fields = Files.readString(proc.resolve("loadavg")).split(" ", -1);
    return Integer.parseInt(fields[3].substring(0, fields[3].indexOf('/')));
  }
}
