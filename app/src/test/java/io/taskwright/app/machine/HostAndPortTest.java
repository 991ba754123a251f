package io.taskwright.app.machine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HostAndPortTest {
  @Test
  void readsWhatItWrites() {
    assertThat(HostAndPort.parse("temporal.example:7233"))
        .contains(new HostAndPort("temporal.example", 7233));
    assertThat(HostAndPort.local(80)).hasToString("127.0.0.1:80");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "host", ":80", "host:", "host:0", "host:65536", "host:8o"})
  void refusesWhatIsNoAddress(String text) {
    assertThat(HostAndPort.parse(text)).isEmpty();
  }
}
