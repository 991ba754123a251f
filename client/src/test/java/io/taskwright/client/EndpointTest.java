package io.taskwright.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
  private static final ApiKey KEY = new ApiKey("k");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://x",
        "127.0.0.1:8080",
        "http:///x",
        "http://u:p@x",
        "http://x?a=b",
        "http://x#f"
      })
  void whatIsNoRootOfAnApiIsRefused(String url) {
    assertThatIllegalArgumentException().isThrownBy(() -> Endpoint.of(URI.create(url), KEY));
  }

  @Test
  void routesFollowTheRootWithOneSlash() {
    assertThat(Endpoint.of(URI.create("https://x/api/"), KEY).at("/tasks?limit=1"))
        .hasToString("https://x/api/tasks?limit=1");
    assertThat(Endpoint.of(URI.create("http://x"), KEY).at("/tasks")).hasToString("http://x/tasks");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a\nb", "ä"})
  void aKeyHasVisibleAsciiOnly(String secret) {
    assertThatIllegalArgumentException().isThrownBy(() -> new ApiKey(secret));
  }

  @Test
  void aKeyNeverShowsItself() {
    assertThat(Endpoint.of(URI.create("http://x"), new ApiKey("tw_s3cret")).toString())
        .doesNotContain("s3cret");
  }
}
