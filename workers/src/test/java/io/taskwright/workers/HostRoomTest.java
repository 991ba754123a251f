package io.taskwright.workers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostRoomTest {
  @TempDir Path proc;

  @ParameterizedTest
  @CsvSource({
    "1048576, 1, 6",
    "262144, 1, 0",
    "100, 1, 0",
    "1048576, 32, 6",
    "1048576, 33, 0",
  })
  void followsFreeMemoryAndTheQueueOfProcesses(long availableKb, int runnable, int room)
      throws IOException {
    Files.writeString(
        proc.resolve("meminfo"),
        "MemTotal:       4000000 kB\nMemAvailable:   " + availableKb + " kB\n");
    Files.writeString(proc.resolve("loadavg"), "0.00 0.00 0.00 " + runnable + "/300 12345\n");
    assertThat(new HostRoom(proc, 256L << 20, 128L << 20, 2).getAsInt()).isEqualTo(room);
  }

  @Test
  void aHostThatDoesNotSayHowItIsHasNoBoundButTheSlots() {
    assertThat(new HostRoom(proc, 1, 1, 2).getAsInt()).isGreaterThan(1_000);
  }
}
