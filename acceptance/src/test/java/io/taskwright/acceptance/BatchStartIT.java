package io.taskwright.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.testkit.Checkout;
import io.taskwright.testkit.Rest;
import io.taskwright.testkit.Rest.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Starting many executions with one request, and with one file. */
class BatchStartIT {
  private static final Rest REST = Shared.rest();
  private static final String ROUTE = "/executions/batch";
  private static String task = "";

  @BeforeAll
  static void defineATask() {
    task =
        Tasks.define(
            REST,
            Tasks.of(
                "javascript",
                "function main(i) { return i.n; }",
                "{'inputSchema':{'required':['n'],'properties':{'n':{'type':'integer'}}}}"));
  }

  private static String body(String... items) {
    return "{'items':[%s]}"
        .formatted(String.join(",", items))
        .replace('\'', '"')
        .replace("TASK", task)
        .replace("LATER", Instant.now().plus(Duration.ofHours(9)).toString());
  }

  private static List<String> strings(Answer answer, String field) {
    return answer
        .json()
        .get("items")
        .valueStream()
        .map(item -> item.at(field).asString(""))
        .toList();
  }

  @Test
  void saysOfEachInOrderWhatASingleStartWouldHaveBeenAnswered() {
    String key = Tasks.name("key");
    Answer single =
        REST.post(
            "/tasks/" + task + "/executions",
            Map.of("Idempotency-Key", key),
            "{\"input\":{\"n\":7}}");
    Answer answer =
        REST.post(
            ROUTE,
            body(
                "{'task':'TASK','input':{'n':1},'labels':{'a':'b'},'priority':1}",
                "{'task':'TASK','input':{'n':'x'}}",
                "{'task':'no-such-task','input':{}}",
                "{'task':'TASK','version':99,'input':{'n':1}}",
                "{'task':'TASK','input':{'n':7},'key':'" + key + "'}",
                "{'task':'TASK','input':{'n':8},'key':'" + key + "'}",
                "{'task':'TASK','input':{'n':1},'surprise':1}",
                "{'input':{'n':1}}",
                "7",
                "{'task':'TASK','input':{'n':1},'key':'a b'}",
                "{'task':'TASK','input':{'n':1},'startAt':'yesterday'}",
                "{'task':'TASK','input':{'n':3},'key':'" + key + "2'}",
                "{'task':'TASK','input':{'n':3},'key':'" + key + "2'}"));
    assertThat(answer.status()).as(answer.body()).isEqualTo(207);
    assertThat(strings(answer, "/problem/code"))
        .containsExactly(
            "",
            "INPUT_INVALID",
            "NOT_FOUND",
            "NOT_FOUND",
            "",
            "IDEMPOTENCY_CONFLICT",
            "UNKNOWN_FIELD",
            "FIELD_REQUIRED",
            "INVALID_TYPE",
            "INVALID_IDEMPOTENCY_KEY",
            "INVALID_TIME",
            "",
            "");
    JsonNode items = answer.json().get("items");
    assertThat(items.at("/1/status").intValue()).isEqualTo(422);
    assertThat(items.at("/1/problem/errors/0/pointer").stringValue()).isEqualTo("/n");
    assertThat(items.at("/4/execution/id")).isEqualTo(single.json().get("id"));
    assertThat(items.at("/11/execution/id")).isEqualTo(items.at("/12/execution/id"));
    JsonNode first = REST.await(items.at("/0/execution/id").stringValue(), Duration.ofSeconds(60));
    assertThat(first.get("output").intValue()).isEqualTo(1);
    assertThat(first.at("/labels/a").stringValue()).isEqualTo("b");
    assertThat(first.get("priority").intValue()).isEqualTo(1);
    assertThat(items.at("/0/location").stringValue())
        .isEqualTo("/executions/" + first.get("id").stringValue());
  }

  @Test
  void aKeyOfTheWholeGivesTheSameAnswerAgain() {
    Map<String, String> key = Map.of("Idempotency-Key", Tasks.name("whole"));
    String body = body("{'task':'TASK','input':{'n':1}}", "{'task':'TASK','input':{}}");
    Answer first = REST.post(ROUTE, key, body);
    assertThat(first.status()).as(first.body()).isEqualTo(207);
    assertThat(REST.post(ROUTE, key, body.replace(":", ": ")).body()).isEqualTo(first.body());
    Answer other = REST.post(ROUTE, key, body("{'task':'TASK','input':{'n':2}}"));
    assertThat(other.status()).isEqualTo(422);
    assertThat(other.code()).isEqualTo("IDEMPOTENCY_CONFLICT");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '|',
      value = {
        "[], 400, INVALID_TYPE",
        "{}, 400, FIELD_REQUIRED",
        "|{\"items\":[]}|, 400, OUT_OF_RANGE",
        "|{\"items\":{}}|, 400, INVALID_TYPE",
        "|{\"items\":null}|, 400, FIELD_REQUIRED",
        "|{\"items\":[{}],\"x\":1}|, 400, UNKNOWN_FIELD",
        "|{\"items\":[{}]|, 400, MALFORMED_JSON",
        "|{\"items\":[{\"task\":\"a\",\"task\":\"b\"}]}|, 400, DUPLICATE_KEY",
        "|{\"items\":[{\"input\":\"\\u0000\"}]}|, 400, INVALID_CHARACTER"
      })
  void refusesAnEnvelopeThatIsWrong(String body, int status, String code) {
    Answer answer = REST.post(ROUTE, body);
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.code()).isEqualTo(code);
  }

  @Test
  void takesAThousandAtOnceAndNotOneMore() {
    String label = Tasks.name("many");
    String item =
        "{'task':'TASK','input':{'n':1},'labels':{'run':'" + label + "'},'startAt':'LATER'}";
    String[] thousand = IntStream.range(0, 1_000).mapToObj(i -> item).toArray(String[]::new);
    Answer answer = REST.post(ROUTE, body(thousand));
    assertThat(answer.status()).isEqualTo(207);
    assertThat(strings(answer, "/execution/id")).doesNotHaveDuplicates().hasSize(1_000);
    Answer more = REST.post(ROUTE, body(String.join(",", thousand), item));
    assertThat(more.status()).as(more.body()).isEqualTo(413);
    assertThat(more.code()).isEqualTo("TOO_LARGE");
  }

  @Test
  void theCommandLineStartsWhatAFileSays(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("starts.jsonl");
    String good =
        IntStream.range(0, 600)
            .mapToObj(i -> "{\"input\": {\"n\": " + i + "}}\n")
            .collect(Collectors.joining());
    Files.writeString(file, good + "\n{\"input\": {\"n\": \"x\"}}\n");
    Checkout.Result result =
        Shared.installation().command("start", task, "--batch", file.toString());
    assertThat(result.code()).as(result.err()).isEqualTo(2);
    assertThat(result.out().lines()).hasSize(600).doesNotHaveDuplicates();
    assertThat(result.err()).contains("601 of 601, 1 refused").contains("line 602: INPUT_INVALID");
    Files.writeString(file, good + "no json");
    Checkout.Result none = Shared.installation().command("start", task, "--batch", file.toString());
    assertThat(none.code()).isEqualTo(2);
    assertThat(none.out()).isEmpty();
    assertThat(none.err()).contains("starts.jsonl:601 is no JSON");
    Checkout.Result both =
        Shared.installation().command("start", task, "--batch", file.toString(), "--priority", "1");
    assertThat(both.code()).isEqualTo(2);
  }
}
