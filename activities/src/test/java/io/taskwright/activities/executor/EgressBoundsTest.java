package io.taskwright.activities.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwright.model.definition.Destination;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EgressBoundsTest {
  private static List<Destination> to(String destination) {
    return List.of(Destination.parse(destination).orElseThrow());
  }

  @ParameterizedTest
  @CsvSource({
    "api.example.org:443, true",
    "a.example.com:80, true",
    "a.b.example.com:80, true",
    "example.com:80, false",
    "badexample.com:80, false",
    "x.api.example.org:443, false",
    "127.0.0.1:80, false",
  })
  void holdForNamesAndForAllBelowAName(String destination, boolean allowed) {
    EgressBounds bounds = new EgressBounds(true, List.of("api.example.org", "*.example.com"));
    assertThat(bounds.refusal(to(destination)).isEmpty()).isEqualTo(allowed);
  }

  @Test
  void forbidEverythingWhereEgressIsOff() {
    EgressBounds off = new EgressBounds(false, List.of());
    assertThat(off.refusal(List.of())).isEmpty();
    assertThat(off.refusal(to("a.example:1")).orElseThrow()).contains("a.example:1", "enabled");
    assertThat(EgressBounds.NONE.refusal(to("a.example:1"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "a.*.example", "http://a.example", "", "*.*.example"})
  void areNamesAndNothingElse(String host) {
    assertThatThrownBy(() -> new EgressBounds(true, List.of(host)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("taskwright.executor.egress.hosts must be");
  }
}
