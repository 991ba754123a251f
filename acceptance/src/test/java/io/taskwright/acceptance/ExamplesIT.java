package io.taskwright.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taskwright.testkit.Checkout;
import io.taskwright.testkit.Checkout.Result;
import io.taskwright.testkit.Installation;
import io.taskwright.testkit.Rest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every example, run as a reader of its page runs it. */
class ExamplesIT {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Path EXAMPLES = Checkout.root().resolve("examples");

  private final Installation installation = Shared.installation();

  /** What an example is given and gives. */
  record Example(String name, String input, String output, String log) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Example> completed() {
    return List.of(
        new Example("hello", "{'name':'Ada'}", "{'greeting':'Hello, Ada!'}", "greeting Ada"),
        new Example(
            "word-count",
            "{'text':'The dog saw the dogs. Ça va, the cat?','top':2}",
            "{'words':9,'distinct':7,'top':[{'word':'the','count':3},{'word':'cat','count':1}]}",
            "9 words, 7 of them different"),
        new Example(
            "checksums",
            "'abc'",
            "{'md5':'900150983cd24fb0d6963f7d28e17f72','sha256':"
                + "'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'}",
            "3 characters"),
        new Example(
            "primes",
            "{'limit':1000000}",
            "{'count':78498,'greatest':[999983,999979,999961]}",
            "sieved up to 1000000"),
        new Example(
            "price-quote",
            "{'items':[{'sku':'a','cents':199,'quantity':10},{'sku':'b','cents':5,'quantity':1}]}",
            "{'total':1796,'discounts':{'a':199}}",
            "quoted 2 items"),
        new Example(
            "refund",
            "{'order':{'paid':30.5,'at':'2026-03-01T00:00:00Z','lines':[{'sku':'GC-1','price':10.25,"
                + "'returned':2,'bought':2}]},'askedAt':'2026-03-05T00:00:00Z'}",
            "{'amount':20.5}",
            "gift cards are paid back as gift cards"),
        new Example(
            "mandelbrot",
            "{'width':16,'height':3,'steps':50}",
            "{'rows':['                ','    .+++#####+. ','    .+++#####+. '],'inside':10}",
            "10 of 48 points never leave"),
        new Example("flaky", "{}", "{'attempt':3}", "attempt 3 got through"));
  }

  private Result run(String name, String input) {
    return installation.command(
        "run", "examples/" + name + "/task.yaml", "--input", input.replace('\'', '"'));
  }

  @ParameterizedTest
  @MethodSource("completed")
  void printsItsLogAndItsOutput(Example example) {
    Result result = run(example.name(), example.input());

    assertThat(result.code()).as(result.err()).isZero();
    assertThat(JSON.readTree(result.out()))
        .isEqualTo(JSON.readTree(example.output().replace('\'', '"')));
    assertThat(result.err()).contains(example.log()).contains("COMPLETED after");
  }

  @Test
  void theSameAgainFromARunningServiceTakesLessThanTwoSeconds() {
    run("hello", "{'name':'Ada'}");

    Result again = run("hello", "{'name':'Ada'}");

    assertThat(again.err()).contains("(unchanged)");
    assertThat(again.took()).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void flakyShowsEveryAttempt() {
    Result result = run("flaky", "{'failures':2}");

    assertThat(result.err())
        .contains("attempt 1 failed: CODE_ERROR")
        .contains("attempt 2 failed: CODE_ERROR")
        .contains("attempt 3 begins")
        .contains("3 attempts");
  }

  @Test
  void flakyThatNeverSucceedsSaysWhatWasTried() {
    Result result = run("flaky", "{'failures':9}");

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .contains("FAILED after", "4 attempts were made; no retry of 3 is left", "What was tried:")
        .contains("ConnectionError: the other side hung up at attempt 4");
  }

  @ParameterizedTest
  @MethodSource("ways")
  void runawayIsStopped(String how, String code) {
    Result result = run("runaway", "{'how':'" + how + "'}");

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("here I go: " + how).contains(code + ": ");
    assertThat(result.took()).isLessThan(Duration.ofSeconds(10));
  }

  static List<Object[]> ways() {
    return List.of(
        new Object[] {"loop", "TIMEOUT"},
        new Object[] {"memory", "RESOURCE_EXHAUSTED"},
        new Object[] {"children", "TIMEOUT"});
  }

  @Test
  void releaseWaitsUntilItIsApproved() throws Exception {
    Rest rest = Shared.rest();
    CompletableFuture<Result> release =
        CompletableFuture.supplyAsync(() -> run("release", "{'version':'1.4.0'}"));
    await().atMost(Duration.ofMinutes(2)).until(() -> waiting(rest).size() == 1);
    String id = waiting(rest).get(0).get("id").stringValue();

    Result refused = installation.command("signal", id, "approved", "--payload", "{\"by\":\"\"}");
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("PAYLOAD_INVALID", "/by");
    Result unknown = installation.command("signal", id, "agreed");
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.err()).contains("UNKNOWN_SIGNAL", "only approved, note");
    assertThat(installation.command("signal", id, "note", "--payload", "\"faster\"").code())
        .isZero();
    Result sent = installation.command("signal", id, "approved", "--payload", "{\"by\":\"Ada\"}");
    assertThat(sent.code()).as(sent.err()).isZero();

    Result result = release.get();
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.err()).contains("Ada approved 1.4.0");
    assertThat(JSON.readTree(result.out()))
        .isEqualTo(
            JSON.readTree("{\"version\":\"1.4.0\",\"approvedBy\":\"Ada\",\"notes\":[\"faster\"]}"));
  }

  private static JsonNode waiting(Rest rest) {
    JsonNode items = rest.get("/executions?task=release&status=RECEIVED").json().get("items");
    return items == null ? JSON.createArrayNode() : items;
  }

  @Test
  void theProfileOfTheCsvHasTheNumbersThatAreInIt() throws IOException {
    Result result = installation.command("run", "examples/csv-profile/task.yaml");

    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.err()).contains(" %  3000 rows read");
    JsonNode profile = JSON.readTree(result.out());
    List<CsvColumn> columns =
        CsvColumn.read(Files.readString(EXAMPLES.resolve("csv-profile/airports.csv")));
    assertThat(profile.get("rows").intValue()).isEqualTo(columns.getFirst().values().size());
    assertThat(profile.get("columns")).hasSameSizeAs(columns);
    for (int i = 0; i < columns.size(); i++) {
      columns.get(i).assertProfiledBy(profile.get("columns").get(i));
    }
  }

  @Test
  void everyExampleIsOnItsPageAndIsRunHere() throws IOException {
    List<String> folders;
    try (Stream<Path> entries = Files.list(EXAMPLES)) {
      folders = entries.filter(Files::isDirectory).map(it -> it.getFileName().toString()).toList();
    }
    String page = Files.readString(EXAMPLES.resolve("README.md"));
    List<String> run =
        Stream.concat(
                completed().stream().map(Example::name),
                // The last two by ArtifactsIT and DependenciesIT.
                Stream.of("csv-profile", "runaway", "release", "airport-report", "table"))
            .toList();

    assertThat(folders).containsExactlyInAnyOrderElementsOf(run);
    assertThat(folders)
        .allSatisfy(name -> assertThat(page).contains("./taskwright run examples/" + name));
  }

  @Test
  void everyExampleIsValid() {
    Result result = installation.command("validate", "examples");

    assertThat(result.code()).as(result.out()).isZero();
    assertThat(result.out().lines()).hasSize(13).allMatch(line -> line.endsWith(": valid"));
  }
}
