package io.taskwright.model.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class WorkerBeatTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private static WorkerBeat beat(String pool, String host, int slots, int used) {
    return new WorkerBeat(
        pool,
        host,
        "1.0",
        slots,
        used,
        false,
        List.of("python"),
        List.of(new WorkerBeat.BackEndReport("bubblewrap", true, "passed 30 checks")),
        START);
  }

  @Test
  void comesBackAsItWasSent() {
    JsonMapper json = JsonMapper.shared();
    WorkerBeat beat = beat("default", "h", 8, 3);
    assertThat(json.readValue(json.writeValueAsString(beat), WorkerBeat.class)).isEqualTo(beat);
    LockRequest request = new LockRequest("cpython-311", null);
    assertThat(json.readValue(json.writeValueAsString(request), LockRequest.class))
        .isEqualTo(request);
    LockAnswer answer = new LockAnswer("{}");
    assertThat(json.readValue(json.writeValueAsString(answer), LockAnswer.class)).isEqualTo(answer);
  }

  @Test
  void isRefusedWhenItCannotBeTrue() {
    assertThatThrownBy(() -> beat("core", "h", 1, 0)).hasMessageContaining("pool");
    assertThatThrownBy(() -> beat("Gpu", "h", 1, 0)).hasMessageContaining("pool");
    assertThatThrownBy(() -> beat("gpu", "h", -1, 0)).hasMessageContaining("slots");
    assertThatThrownBy(() -> beat("gpu", "h", 100_001, 0)).hasMessageContaining("slots");
    assertThatThrownBy(() -> beat("gpu", "h", 1, -1)).hasMessageContaining("slots");
    assertThatThrownBy(() -> beat("gpu", "h".repeat(201), 1, 0)).hasMessageContaining("200");
  }
}
