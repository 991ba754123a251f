package io.taskwright.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.testkit.Rest;
import io.taskwright.testkit.Rest.Answer;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of the page over plain HTTP. */
class PageFilesIT {
  private static final Pattern SCRIPT = Pattern.compile("/ui/assets/[A-Za-z0-9_-]+[.]js");

  private final Rest nobody = Shared.rest().as(null);

  private String script() {
    return SCRIPT
        .matcher(nobody.get("/ui/").body())
        .results()
        .map(MatchResult::group)
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/ui/", "/ui/tasks", "/ui/tasks/hello", "/ui/executions/x?tab=log"})
  void theAddressOfARoomGivesTheShellToAnybody(String path) {
    Answer answer = nobody.get(path);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("content-type")).contains("text/html;charset=utf-8");
    assertThat(answer.header("cache-control")).contains("no-cache");
    assertThat(answer.body()).contains("<div id=\"root\">").doesNotContain("<style");
  }

  @Test
  void theShellLetsNothingInline() {
    String policy = nobody.get("/ui/").header("content-security-policy").orElseThrow();
    assertThat(policy)
        .contains("default-src 'self'", "script-src 'self';", "style-src 'self';")
        .contains("frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(nobody.get("/ui/").header("x-content-type-options")).contains("nosniff");
  }

  @Test
  void filesWithAHashAreKeptAndCompressed() {
    Answer plain = nobody.get(script());
    assertThat(plain.header("cache-control").orElse("")).contains("immutable");
    assertThat(plain.header("content-type").orElse("")).startsWith("text/javascript");
    Rest.Download packed = nobody.download(script(), Map.of("Accept-Encoding", "gzip"));
    assertThat(packed.headers()).containsEntry("content-encoding", "gzip");
    assertThat(packed.body().length).isLessThan(plain.body().length() / 2);
  }

  @Test
  void anUnchangedShellIsNotSentAgain() {
    String tag = nobody.get("/ui/").header("etag").orElseThrow();
    Answer answer = nobody.call("GET", "/ui/", Map.of("If-None-Match", tag), null);
    assertThat(answer.status()).isEqualTo(304);
    assertThat(answer.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/ui/assets/none.js",
        "/ui/assets/",
        "/ui/../openapi.json",
        "/ui/assets/../../openapi.json",
        "/ui/assets/%2e%2e/index.html",
        "/ui/assets/..%2f..%2fopenapi.json",
        "/ui/assets/..;/index.html",
        "/ui//assets/x.js"
      })
  void nothingElseIsGiven(String path) {
    Answer answer = nobody.get(path);
    assertThat(answer.status()).as(answer.toString()).isIn(400, 401, 404);
    assertThat(answer.body()).doesNotContain("\"openapi\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/ui"})
  void theRootLeadsToThePage(String path) {
    Answer answer = nobody.get(path);
    assertThat(answer.status()).isEqualTo(302);
    assertThat(answer.header("location")).contains("/ui/");
  }

  @Test
  void whatIsShippedHasItsLicence() {
    assertThat(nobody.get("/ui/licences.txt").body()).contains("react-dom").doesNotContain("GPL");
  }
}
