package io.taskwright.app.temporal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwright.app.machine.Cache;
import io.taskwright.app.machine.HostAndPort;
import io.taskwright.app.machine.Obstacle;
import io.taskwright.app.machine.SearchPath;
import io.taskwright.app.machine.Version;
import io.taskwright.app.temporal.TemporalMemory.Place;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TemporalSearchTest {
  @Test
  void readsTheServersVersionAndNotTheCommandLines() {
    assertThat(TemporalSearch.serverVersion("temporal version 1.5.1 (Server 1.29.1, UI 2.42.1)"))
        .contains(Version.of(1, 29, 1));
    assertThat(TemporalSearch.serverVersion("temporal version 2.0")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "1.28.9, false", "1.29.1, false", "1.29.4, false", "1.29.5, true", "1.29.12, true",
    "1.30.0, false", "1.30.2, false", "1.30.3, true", "1.31.0, true", "2.0.0, true"
  })
  void acceptsOnlyServersWithTheFix(String server, boolean fixed) {
    assertThat(TemporalSearch.fixed(Version.in(server).orElseThrow())).isEqualTo(fixed);
  }

  @Test
  void readsThePinsFromTheGoModule() {
    assertThat(TemporalPins.read())
        .isEqualTo(new TemporalPins(Version.of(1, 32, 1), Version.of(2, 54, 1)));
  }

  @Test
  void namesAllChoicesWhenThereIsNothing() {
    assertThatThrownBy(() -> find(Optional.empty(), Optional.empty()).orExplain())
        .isInstanceOf(Obstacle.class)
        .hasMessageContainingAll(
            "install Go", "server >= 1.30.3", "Docker", "up --temporal HOST:PORT");
  }

  @Test
  void staysWithTheTemporalThatHasTheExecutions() {
    HostAndPort address = new HostAndPort("temporal.example", 7233);

    assertThat(find(Optional.empty(), Optional.of(new Place.Elsewhere(address))).source())
        .isEqualTo(new TemporalSource.Given(address));
    assertThat(find(Optional.empty(), Optional.of(new Place.DevServerFile())).choices())
        .singleElement()
        .asString()
        .contains("Temporal's command line");
  }

  @Test
  void takesAGivenAddressBeforeAnythingElse() {
    HostAndPort address = new HostAndPort("temporal.example", 7233);

    assertThat(find(Optional.of(address), Optional.of(new Place.Postgres())).source())
        .isEqualTo(new TemporalSource.Given(address));
  }

  private static TemporalSearch.Found find(Optional<HostAndPort> given, Optional<Place> before) {
    return new TemporalSearch(
            new SearchPath(List.of()), new Cache(Path.of("/nonexistent")), TemporalPins.read())
        .find(given, before);
  }
}
