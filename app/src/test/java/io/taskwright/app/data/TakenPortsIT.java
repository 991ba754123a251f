package io.taskwright.app.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwright.app.machine.Cache;
import io.taskwright.app.machine.Obstacle;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TakenPortsIT {
  private static final int API = 31_999;
  private static final int OTHER_API = 31_998;

  @TempDir private Path folder;

  @Test
  void neverGivesOnePortToTwoInstances() throws IOException {
    Cache cache = new Cache(folder.resolve("cache"));
    DataFolder one = DataFolder.make(folder.resolve("one"));
    DataFolder other = DataFolder.make(folder.resolve("other"));
    try (TakenPorts first = TakenPorts.take(one, cache, API);
        TakenPorts second = TakenPorts.take(other, cache, OTHER_API)) {
      assertThat(first.ports().numbers().values())
          .doesNotContainAnyElementsOf(second.ports().numbers().values());
      assertThatThrownBy(() -> TakenPorts.take(other, cache, API))
          .isInstanceOf(Obstacle.class)
          .hasMessageContaining("--port");
    }
  }

  @Test
  void givesAnInstanceThePortsItHadBefore() throws IOException {
    Cache cache = new Cache(folder.resolve("cache"));
    DataFolder data = DataFolder.make(folder.resolve("one"));
    Ports before;
    try (TakenPorts taken = TakenPorts.take(data, cache, API)) {
      before = taken.ports();
    }
    try (TakenPorts taken = TakenPorts.take(data, cache, API)) {
      assertThat(taken.ports()).isEqualTo(before);
    }
  }
}
