package io.taskwright.sandbox.egress;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.model.definition.Destination;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EgressRecordTest {
  private static final Destination THERE = new Destination("x.example", 443);
  private final List<String> lines = new ArrayList<>();
  private final EgressRecord record = new EgressRecord(lines::add);

  @Test
  void writesALineForEachConnection() {
    record.closed(THERE, "192.0.2.1:443", 10, 20);
    record.failed(THERE, "does not answer");
    record.denied("y.example:1", "it is not named");
    record.denied("", "too many");
    assertThat(lines)
        .containsExactly(
            "egress: connected to x.example:443 at 192.0.2.1:443: 10 bytes sent, 20 received",
            "egress: x.example:443 does not answer",
            "egress: refused the connection to y.example:1: it is not named",
            "egress: refused a connection: too many");
    assertThat(record.refusals())
        .containsExactly(new Denied("y.example:1", "it is not named"), new Denied("", "too many"));
  }

  @Test
  void countsWhatIsOverTheBound() {
    for (int i = 0; i < 1_500; i++) {
      record.denied("y.example:" + i, "it is not named");
    }
    record.close();
    assertThat(lines).hasSize(1_001);
    assertThat(lines.getLast()).isEqualTo("egress: 500 more connections are not listed");
    assertThat(record.refusals()).hasSize(20);
  }

  @Test
  void writesNothingWhenTheRunIsOver() {
    record.close();
    record.denied("y.example:1", "it is not named");
    assertThat(lines).isEmpty();
    assertThat(record.refusals()).isEmpty();
  }

  @Test
  void remembersRefusalsThatTheLogDoesNotTake() {
    EgressRecord mute =
        new EgressRecord(line -> {
          throw new IllegalStateException("disk full");
        });
    mute.denied("y.example:1", "it is not named");
    mute.close();
    assertThat(mute.refusals()).hasSize(1);
  }
}
