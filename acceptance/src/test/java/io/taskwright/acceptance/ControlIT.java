package io.taskwright.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taskwright.testkit.Rest;
import io.taskwright.testkit.Rest.Answer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What each command on an execution does, for each status. */
final class ControlIT {
  private final Rest rest = Shared.rest();

  /** Small code that is told signals is no small code any more, so only one command needs it. */
  private Staged staged(String command) {
    return new Staged(rest, command.startsWith("signals/") ? "{'signals':{'go':{}}}" : "{}");
  }

  @ParameterizedTest
  @CsvSource({
    "cancel   , REJECTED , 409, ALREADY_ENDED , ",
    "terminate, REJECTED , 409, ALREADY_ENDED , ",
    "pause    , REJECTED , 409, ALREADY_ENDED , ",
    "resume   , REJECTED , 409, ALREADY_ENDED , ",
    "priority , REJECTED , 409, ALREADY_ENDED , ",
    "skip     , REJECTED , 409, ALREADY_ENDED , ",
    "retry    , REJECTED , 409, NOTHING_FAILED, ",
    "rerun    , REJECTED , 201,               , ",
    "cancel   , RESTING  , 202,               , CANCELLED",
    "terminate, RESTING  , 202,               , CANCELLED",
    "pause    , RESTING  , 202,               , PAUSED",
    "resume   , RESTING  , 202,               , WAITING",
    "priority , RESTING  , 202,               , PAUSED",
    "skip     , RESTING  , 202,               , COMPLETED",
    "retry    , RESTING  , 409, NOT_ENDED     , ",
    "rerun    , RESTING  , 409, NOT_ENDED     , ",
    "signals/go, RECEIVED, 202,              , RECEIVED",
    "signals/go, RUNNING , 202,              , RUNNING",
    "signals/go, WAITING , 202,              , WAITING",
    "signals/go, PAUSED  , 202,              , PAUSED",
    "signals/go, HELD    , 202,              , PAUSED",
    "signals/go, RESTING , 202,              , PAUSED",
    "signals/go, COMPLETED, 409, ALREADY_ENDED, ",
    "signals/go, FAILED  , 409, ALREADY_ENDED, ",
    "signals/go, CANCELLED, 409, ALREADY_ENDED, ",
    "signals/go, REJECTED, 409, ALREADY_ENDED, ",
    "cancel   , WAITING,   202,               , CANCELLED",
    "terminate, WAITING,   202,               , CANCELLED",
    "pause    , WAITING,   202,               , PAUSED",
    "resume   , WAITING,   409, NOT_PAUSED    , ",
    "priority , WAITING,   202,               , WAITING",
    "skip     , WAITING,   202,               , COMPLETED",
    "retry    , WAITING,   409, NOT_ENDED     , ",
    "rerun    , WAITING,   409, NOT_ENDED     , ",
    "cancel   , RECEIVED , 202,               , CANCELLED",
    "cancel   , RUNNING  , 202,               , CANCELLED",
    "cancel   , PAUSED   , 202,               , CANCELLED",
    "cancel   , HELD     , 202,               , CANCELLED",
    "cancel   , COMPLETED, 409, ALREADY_ENDED , ",
    "cancel   , FAILED   , 409, ALREADY_ENDED , ",
    "cancel   , CANCELLED, 409, ALREADY_ENDED , ",
    "terminate, RECEIVED , 202,               , CANCELLED",
    "terminate, RUNNING  , 202,               , CANCELLED",
    "terminate, PAUSED   , 202,               , CANCELLED",
    "terminate, HELD     , 202,               , CANCELLED",
    "terminate, COMPLETED, 409, ALREADY_ENDED , ",
    "terminate, FAILED   , 409, ALREADY_ENDED , ",
    "terminate, CANCELLED, 409, ALREADY_ENDED , ",
    "pause    , RECEIVED , 202,               , PAUSED",
    "pause    , RUNNING  , 202,               , PAUSED",
    "pause    , PAUSED   , 202,               , PAUSED",
    "pause    , HELD     , 202,               , PAUSED",
    "pause    , COMPLETED, 409, ALREADY_ENDED , ",
    "pause    , FAILED   , 409, ALREADY_ENDED , ",
    "pause    , CANCELLED, 409, ALREADY_ENDED , ",
    "resume   , RECEIVED , 409, NOT_PAUSED    , ",
    "resume   , RUNNING  , 409, NOT_PAUSED    , ",
    "resume   , PAUSED   , 202,               , RECEIVED",
    "resume   , HELD     , 202,               , RUNNING",
    "resume   , COMPLETED, 409, ALREADY_ENDED , ",
    "resume   , FAILED   , 409, ALREADY_ENDED , ",
    "resume   , CANCELLED, 409, ALREADY_ENDED , ",
    "priority , RECEIVED , 202,               , RECEIVED",
    "priority , RUNNING  , 202,               , RUNNING",
    "priority , PAUSED   , 202,               , PAUSED",
    "priority , HELD     , 202,               , PAUSED",
    "priority , COMPLETED, 409, ALREADY_ENDED , ",
    "priority , FAILED   , 409, ALREADY_ENDED , ",
    "priority , CANCELLED, 409, ALREADY_ENDED , ",
    "skip     , RECEIVED , 202,               , COMPLETED",
    "skip     , RUNNING  , 202,               , COMPLETED",
    "skip     , PAUSED   , 202,               , COMPLETED",
    "skip     , HELD     , 202,               , COMPLETED",
    "skip     , COMPLETED, 409, ALREADY_ENDED , ",
    "skip     , FAILED   , 409, ALREADY_ENDED , ",
    "skip     , CANCELLED, 409, ALREADY_ENDED , ",
    "retry    , RECEIVED , 409, NOT_ENDED     , ",
    "retry    , RUNNING  , 409, NOT_ENDED     , ",
    "retry    , PAUSED   , 409, NOT_ENDED     , ",
    "retry    , HELD     , 409, NOT_ENDED     , ",
    "retry    , COMPLETED, 409, NOTHING_FAILED, ",
    "retry    , FAILED   , 201,               , ",
    "retry    , CANCELLED, 201,               , ",
    "rerun    , RECEIVED , 409, NOT_ENDED     , ",
    "rerun    , RUNNING  , 409, NOT_ENDED     , ",
    "rerun    , PAUSED   , 409, NOT_ENDED     , ",
    "rerun    , HELD     , 409, NOT_ENDED     , ",
    "rerun    , COMPLETED, 201,               , ",
    "rerun    , FAILED   , 201,               , ",
    "rerun    , CANCELLED, 201,               , "
  })
  void doesWhatTheTableSays(
      String command, String status, int answered, String code, String after) {
    Staged staged = staged(command);
    String id = staged.in(status);
    JsonNode before = rest.execution(id);

    Answer answer = command(id, command, body(command));

    assertThat(answer.status()).as(answer.body()).isEqualTo(answered);
    if (code != null) {
      assertThat(answer.code()).isEqualTo(code);
    }
    if (command.equals("cancel")
        && Set.of("RECEIVED", "PAUSED", "WAITING", "RESTING").contains(status)) {
      assertThat(answer.json().get("status").stringValue()).as("at once").isEqualTo("CANCELLED");
    }
    if (answered == 201) {
      JsonNode made = rest.await(Staged.made(answer), Staged.LONGEST);
      assertThat(made.at("/origin/kind").stringValue()).isEqualTo(command);
      assertThat(made.at("/origin/execution").stringValue()).isEqualTo(id);
      assertThat(made.get("input")).isEqualTo(before.get("input"));
      assertThat(made.get("task")).isEqualTo(before.get("task"));
    }
    if (after == null) {
      assertThat(rest.execution(id).get("status")).isEqualTo(before.get("status"));
    } else {
      await()
          .atMost(Staged.LONGEST)
          .untilAsserted(
              () -> assertThat(rest.execution(id).get("status").stringValue()).isEqualTo(after));
      Answer again = command(id, command, body(command));
      boolean over = Set.of("CANCELLED", "COMPLETED").contains(after);
      assertThat(again.status()).isEqualTo(over || command.equals("resume") ? 409 : 202);
    }
    command(id, "terminate", "{}");
    JsonNode end = rest.execution(id);
    assertThat(end.at("/executionMetadata/endTime").isNull()).isFalse();
    assertThat(ends(id)).as("of " + end).isEqualTo(1);
  }

  private Answer command(String id, String command, String body) {
    return rest.post("/executions/" + id + "/" + command, body);
  }

  private static String body(String command) {
    return switch (command) {
      case "priority" -> "{\"priority\":1}";
      case "skip" -> "{\"output\":{\"by\":\"hand\"},\"reason\":\"done elsewhere\"}";
      default -> "{}";
    };
  }

  private int ends(String id) {
    int ends = 0;
    for (JsonNode event : rest.get("/executions/" + id + "/timeline").json().get("items")) {
      ends += event.get("type").stringValue().equals("end") ? 1 : 0;
    }
    return ends;
  }

  @Test
  void tellsAbsentOnesApartFromEndedOnes() {
    for (String command :
        List.of(
            "cancel",
            "terminate",
            "pause",
            "resume",
            "priority",
            "skip",
            "signals/go",
            "retry",
            "rerun")) {
      for (String id : List.of("0198c5d0-7b1a-7c3d-8e4f-000000000001", "x")) {
        assertThat(command(id, command, body(command)).status()).as(command).isEqualTo(404);
      }
    }
  }

  @Test
  void terminatesWithoutLettingTheWorkCleanUp() {
    String mark = "47" + ThreadLocalRandom.current().nextInt(100_000, 999_999);
    String task =
        Tasks.define(
            rest,
            Tasks.of(
                "bash",
                "trap 'echo cleaned; sleep 4' TERM\nsleep "
                    + mark
                    + " &\nwait\nsleep "
                    + mark
                    + "\n",
                "{'retryPolicy':{'maxRetries':0}}"));
    String id = staged("terminate").running(task);
    await().atMost(Staged.LONGEST).until(() -> runs(mark));

    assertThat(
            command(id, "terminate", "{\"reason\":\"enough\"}").json().get("status").stringValue())
        .isEqualTo("CANCELLED");

    assertThat(rest.execution(id).at("/cancellation/reason").stringValue()).isEqualTo("enough");
    await().atMost(Staged.LONGEST).until(() -> !runs(mark));
    assertThat(rest.get("/logs?execution=" + id + "&q=cleaned").json().get("items")).isEmpty();
  }

  private static boolean runs(String mark) {
    return HostProcesses.commandLines().stream().anyMatch(line -> line.contains(mark));
  }

  @Test
  void givesAnOutputThatTheTaskPromises() {
    String task =
        Tasks.define(
            rest,
            Tasks.of(
                "bash",
                "sleep 50\n",
                "{'outputSchema':{'type':'object','required':['n'],'properties':{'n':{'type':'integer'}}}}"));
    String id = staged("terminate").running(task);
    Answer bad = command(id, "skip", "{\"output\":{\"n\":\"x\"}}");
    assertThat(bad.status()).isEqualTo(422);
    assertThat(bad.code()).isEqualTo("OUTPUT_INVALID");
    assertThat(bad.json().at("/errors/0/pointer").stringValue()).isEqualTo("/n");

    command(id, "skip", "{\"output\":{\"n\":7},\"reason\":\"counted by hand\"}");

    JsonNode end = rest.execution(id);
    assertThat(end.at("/output/n").intValue()).isEqualTo(7);
    assertThat(end.at("/skipped/reason").stringValue()).isEqualTo("counted by hand");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pause     | {'why':1}                      | 400 | UNKNOWN_FIELD",
        "terminate | {'reason':1}                   | 400 | INVALID_TYPE",
        "resume    | []                             | 400 | INVALID_TYPE",
        "pause     | {'reason':'a','reason':'b'}    | 400 | DUPLICATE_KEY",
        "priority  | {}                             | 400 | FIELD_REQUIRED",
        "priority  | {'priority':0}                 | 400 | OUT_OF_RANGE",
        "priority  | {'priority':6}                 | 400 | OUT_OF_RANGE",
        "priority  | {'priority':'1'}               | 400 | INVALID_TYPE",
        "skip      | {}                             | 400 | FIELD_REQUIRED",
        "skip      | {'output':1,'force':true}      | 400 | UNKNOWN_FIELD",
        "skip      | {'output':1e999}               | 400 | OUT_OF_RANGE",
        "skip      | {'output':                     | 400 | MALFORMED_JSON"
      })
  void refusesWrongCommands(String command, String body, int status, String code) {
    Staged staged = staged(command);
    String id = staged.later(staged.picky());
    Answer answer = command(id, command, body.strip().replace('\'', '"'));
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.code()).isEqualTo(code);
    assertThat(rest.execution(id).get("status").stringValue()).isEqualTo("RECEIVED");
    command(id, "cancel", "{}");
  }
}
