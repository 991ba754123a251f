package io.taskwright.model.definition;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationTest {
  @ParameterizedTest
  @CsvSource({
    "api.example.org:443, api.example.org:443",
    "API.Example.ORG:443, api.example.org:443",
    "bücher.example:80, xn--bcher-kva.example:80",
    "localhost:8080, localhost:8080",
    "93.184.216.34:80, 93.184.216.34:80",
    "[2606:2800:220:1::1]:443, [2606:2800:220:1:0:0:0:1]:443",
    "[::ffff:169.254.169.254]:80, 169.254.169.254:80",
    "x:1, x:1",
    "x:65535, x:65535"
  })
  void readsNamesAndAddresses(String text, String understood) {
    assertThat(Destination.parse(text)).get().hasToString(understood);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        ":80",
        "x:",
        "x:0",
        "x:080",
        "x:65536",
        "x:-1",
        "x:80x",
        "http://x:80",
        "user@x:80",
        "x#@y:80",
        "x\\@y:80",
        "x y:80",
        "x\r\ny:80",
        "x.:80",
        ".x:80",
        "x..y:80",
        "-x.y:80",
        "under_score.example:80",
        "*.example.org:80",
        "127.1:80",
        "2130706433:80",
        "0x7f.1:80",
        "0x7f000001:80",
        "0177.0.0.1:80",
        "127.0.0.01:80",
        "1.2.3.4.5:80",
        "[::1%lo]:80",
        "[127.0.0.1]:80",
        "[x]:80",
        "::1:80"
      })
  void refusesEverythingElse(String text) {
    assertThat(Destination.parse(text)).isEmpty();
  }

  @Test
  void takesDigitsOfOtherScriptsForWhatTheyMean() {
    assertThat(Destination.parse("１２７.１:80")).isEmpty();
    assertThat(Destination.parse("①②⑦.①:80")).isEmpty();
  }

  @Test
  void refusesNamesThatAreTooLong() {
    assertThat(Destination.parse("a".repeat(64) + ".example:80")).isEmpty();
    assertThat(Destination.parse("a.".repeat(127) + "example:80")).isEmpty();
  }
}
