package io.taskwright.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwright.client.Executions.Command;
import io.taskwright.model.ExecutionId;
import io.taskwright.model.execution.Status;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

/** What each call sends, and what it makes of the answer. */
class TaskwrightClientIT {
  private static final String UUID = "01a1fe7b-4af3-7d59-9f6d-b10f50cccf8c";
  private static final ExecutionId ID = ExecutionId.parse(UUID).orElseThrow();
  private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");

  private final StandInService service = new StandInService();
  private final TaskwrightClient client = service.client();

  @AfterEach
  void close() {
    client.close();
    service.close();
  }

  private void assertAsked(String method, String target) {
    assertThat(service.last().method()).isEqualTo(method);
    assertThat(service.last().target()).isEqualTo(target);
  }

  @Test
  void tasksAreCreatedAndRead() {
    String shown =
        "{'id':'i','name':'a','version':3,'createdAt':'2026-01-02T03:04:05Z','createdBy':'me',"
            + "'automated':{'source':'x'}}";
    service.json(201, shown).json(200, shown).json(200, shown);

    Task created = client.tasks().create(Json.read("{\"name\":\"a\"}"));

    assertAsked("POST", "/tasks");
    assertThat(service.last().body()).isEqualTo("{\"name\":\"a\"}");
    assertThat(created.id()).isEqualTo("i");
    assertThat(created.version()).isEqualTo(3);
    assertThat(created.createdAt()).contains(TIME);
    assertThat(created.createdBy()).isEqualTo("me");
    assertThat(created.definition())
        .hasToString("{\"name\":\"a\",\"automated\":{\"source\":\"x\"}}");
    client.tasks().get("a/../b c", OptionalInt.of(2));
    assertAsked("GET", "/tasks/a%2F..%2Fb%20c?version=2");
    assertThat(client.tasks().find("a")).contains(created);
  }

  @Test
  void aTaskThatIsNotThereIsNotFound() {
    service.problem(404, "NOT_FOUND", "no").problem(404, "NOT_FOUND", "no");

    assertThat(client.tasks().find("a")).isEmpty();
    assertThat(client.executions().find(ID)).isEmpty();
  }

  @Test
  void anUpdateShowsTheVersionThatItKnows() {
    service.json(200, "{'version':4}");

    client.tasks().update(new Task(Json.read("{\"id\":\"i\",\"version\":3}")), Json.read("{}"));

    assertAsked("PUT", "/tasks/i");
    assertThat(service.last().headers()).containsEntry("If-match", "\"3\"");
  }

  @Test
  void listsComeInParts() {
    service.json(200, "{'items':[{'name':'a'}],'nextCursor':'c d'}").json(200, "{'items':[]}");

    Page<Task> first = client.tasks().list("x&y", PageAsk.first(1));

    assertAsked("GET", "/tasks?q=x%26y&limit=1");
    assertThat(first.items()).extracting(Task::name).containsExactly("a");
    assertThat(client.tasks().list("", new PageAsk(5, first.next())).next()).isEmpty();
    assertAsked("GET", "/tasks?limit=5&cursor=c%20d");
  }

  @Test
  void versionsAndViolationsAreRead() {
    service
        .json(200, "{'items':[{'version':2},{'version':1}]}")
        .json(200, "{'valid':false,'errors':[{'pointer':'/a','keyword':'k','message':'m'}]}");

    assertThat(client.tasks().versions("a")).extracting(Task::version).containsExactly(2, 1);
    assertThat(client.tasks().validate(Json.read("{}"))).hasSize(1);
    assertAsked("POST", "/tasks/validate");
  }

  @Test
  void aStartSaysAllThatWasAskedFor() {
    service.json(202, "{'id':'" + UUID + "','status':'RECEIVED','task':{'name':'a','version':2}}");
    Start start =
        new Start(
                Optional.empty(),
                OptionalInt.empty(),
                Optional.of(TIME),
                OptionalInt.of(1),
                Map.of("l", "v"),
                Optional.empty(),
                Map.of("in/data.csv", "abc"),
                Optional.of("refresh"),
                Duration.ZERO)
            .with(Json.read("{\"n\":1.50}"))
            .under("key")
            .ofVersion(2)
            .waiting(Duration.ofSeconds(7));

    Execution execution = client.executions().start("a", start);

    assertAsked("POST", "/tasks/a/executions");
    assertThat(service.last().body())
        .isEqualTo(
            "{\"input\":{\"n\":1.50},\"version\":2,\"startAt\":\"2026-01-02T03:04:05Z\","
                + "\"priority\":1,\"cache\":\"refresh\",\"labels\":{\"l\":\"v\"},"
                + "\"files\":{\"in/data.csv\":\"abc\"}}");
    assertThat(service.last().headers())
        .containsEntry("Prefer", "wait=7")
        .containsEntry("Idempotency-key", "key");
    assertThat(execution.id()).isEqualTo(ID);
    assertThat(execution.task()).isEqualTo("a");
    assertThat(execution.version()).isEqualTo(2);
    assertThat(execution.ending()).isEmpty();
  }

  @Test
  void aFailedExecutionSaysWhyAndWhatWasTried() {
    service.json(
        200,
        "{'id':'%s','status':'FAILED','acceptedAt':'2026-01-02T03:04:05Z','attempts':[{'number':1,"
                .formatted(UUID)
            + "'startedAt':'2026-01-02T03:04:05Z','endedAt':null,'worker':'w','environment':'e',"
            + "'failure':{'code':'TIMEOUT','details':null}}],'failure':{'code':'OUTPUT_INVALID',"
            + "'category':'USER','message':'m','details':[{'pointer':'/a','keyword':'k','message':'n'}]},"
            + "'executionMetadata':{'startTime':'2026-01-02T03:04:05Z','endTime':null}}");

    Execution execution = client.executions().get(ID);

    assertAsked("GET", "/executions/" + UUID);
    assertThat(execution.status()).isEqualTo(Status.FAILED);
    assertThat(execution.acceptedAt()).contains(TIME);
    assertThat(execution.startedAt()).contains(TIME);
    assertThat(execution.endedAt()).isEmpty();
    assertThat(execution.attempts())
        .singleElement()
        .satisfies(attempt -> {
          assertThat(attempt.worker()).isEqualTo("w");
          assertThat(attempt.environment()).isEqualTo("e");
          assertThat(attempt.failure().orElseThrow().violations()).isEmpty();
        });
    assertThat(execution.ending().orElseThrow())
        .isInstanceOfSatisfying(
            Ending.Failed.class,
            failed -> {
              assertThat(failed.reason().code()).isEqualTo("OUTPUT_INVALID");
              assertThat(failed.reason().category()).isEqualTo("USER");
              assertThat(failed.reason().violations()).hasSize(1);
            });
    assertThat(execution.failure()).isPresent();
  }

  @Test
  void everyEndIsRead() {
    assertThat(end("{'status':'COMPLETED','output':[1.0]}"))
        .isEqualTo(new Ending.Completed(Json.read("[1.0]")));
    assertThat(end("{'status':'REJECTED','failure':{'code':'INPUT_INVALID'}}"))
        .isInstanceOf(Ending.Rejected.class);
    assertThat(end("{'status':'CANCELLED','cancellation':{'by':'me','reason':'r'}}"))
        .isEqualTo(new Ending.Cancelled("me", "r"));
  }

  private static Ending end(String json) {
    return new Execution(Json.read(json.replace('\'', '"'))).ending().orElseThrow();
  }

  @Test
  void executionsAreFiltered() {
    service.json(200, "{'items':[]}");

    client
        .executions()
        .list(
            new ExecutionFilter(
                Optional.of("a"),
                Optional.of(Status.RUNNING),
                Map.of("l", "v"),
                Optional.of(TIME),
                Optional.of(TIME),
                Optional.of("t")),
            PageAsk.first(2));

    assertAsked(
        "GET",
        "/executions?task=a&status=RUNNING&since=2026-01-02T03%3A04%3A05Z"
            + "&until=2026-01-02T03%3A04%3A05Z&q=t&label=l%3Dv&limit=2");
  }

  @Test
  void commandsTellWhatBecameOfIt() {
    service
        .json(202, "{\"status\":\"PAUSED\"}")
        .problem(409, "ALREADY_ENDED", "e")
        .json(202, "{\"status\":\"COMPLETED\"}")
        .json(202, "{\"status\":\"RECEIVED\"}");

    assertThat(client.executions().command(ID, Command.PAUSE, "why")).isEqualTo("PAUSED");
    assertAsked("POST", "/executions/" + ID + "/pause");
    assertThat(service.last().body()).isEqualTo("{\"reason\":\"why\"}");
    assertThatThrownBy(() -> client.executions().command(ID, Command.CANCEL, ""))
        .isInstanceOf(ProblemException.class);
    assertThat(client.executions().skip(ID, JsonNodeFactory.instance.numberNode(7), ""))
        .isEqualTo("COMPLETED");
    assertThat(service.last().body()).isEqualTo("{\"output\":7}");
    assertThat(client.executions().prioritize(ID, 1)).isEqualTo("RECEIVED");
    assertAsked("POST", "/executions/" + ID + "/priority");
  }

  @Test
  void linesOfLogAreReadAndAdded() {
    String line =
        "{'id':'%s.12','level':'WARN','time':'2026-01-02T03:04:05Z','source':'s','message':'m'}"
            .formatted(UUID);
    service.json(200, "{'items':[" + line + "]}").json(201, line).json(200, "{'items':[]}");

    LogEntry entry = client.logs().list(LogFilter.of(ID), PageAsk.first(1)).items().getFirst();

    assertAsked("GET", "/logs?execution=" + UUID + "&limit=1");
    assertThat(entry.seq()).isEqualTo(12);
    assertThat(entry.time()).isEqualTo(TIME);
    assertThat(entry.level() + entry.source() + entry.message()).isEqualTo("WARNsm");
    client.logs().post(ID, "WARN", "m");
    assertAsked("POST", "/logs");
    client
        .logs()
        .list(
            new LogFilter(
                Optional.empty(),
                Optional.of("a"),
                List.of("WARN", "ERROR"),
                Optional.empty(),
                Optional.empty(),
                Optional.of("x")),
            PageAsk.first(1));
    assertAsked("GET", "/logs?task=a&q=x&level=WARN&level=ERROR&limit=1");
  }

  @Test
  void aKeysSecretIsTheIssuersOnly() {
    String key = "{'id':'i','name':'n','role':'viewer','createdBy':'b','revokedAt':null%s}";
    service
        .json(201, key.formatted(",'secret':'tw_x'"))
        .json(200, "{'items':[" + key.formatted("") + "]}");
    service.reply(new StandInService.Reply(204, "text/plain", "", true));

    Keys.Issued issued = client.keys().create("n", "viewer");

    assertThat(issued.secret().secret()).isEqualTo("tw_x");
    assertThat(issued.key().json().toString()).doesNotContain("tw_x");
    assertThat(client.keys().list()).containsExactly(issued.key());
    assertThat(issued.key().role() + issued.key().name() + issued.key().createdBy())
        .isEqualTo("viewernb");
    assertThat(issued.key().createdAt()).isEmpty();
    assertThat(issued.key().revokedAt()).isEmpty();
    client.keys().revoke(issued.key().id());
    assertAsked("DELETE", "/keys/i");
  }

  @Test
  void bundlesAreUploadedAsTheyAre() {
    service.json(201, "{'digest':'sha256:x'}");

    assertThat(client.bundles().upload("zip".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("sha256:x");
    assertAsked("POST", "/bundles");
    assertThat(service.last().headers()).containsEntry("Content-type", "application/zip");
    assertThat(service.last().body()).isEqualTo("zip");
  }
}
