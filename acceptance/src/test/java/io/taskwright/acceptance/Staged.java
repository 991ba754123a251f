package io.taskwright.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taskwright.testkit.Rest;
import io.taskwright.testkit.Rest.Answer;
import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Executions in whatever status a test of commands needs. */
final class Staged {
  static final Duration LONGEST = Duration.ofSeconds(60);

  /** Fails until its input has grown, and then says what it got; is not run with nothing. */
  private static final String PICKY =
      "function main(input) { if (input.n < 2) throw new Error('too small'); return input.n; }";

  private final Rest rest;
  private final ObjectNode more;

  /**
   * @param more what the definitions have beside, as JSON with single quotes
   */
  Staged(Rest rest, String more) {
    this.rest = rest;
    this.more = Tasks.json(more);
  }

  private String define(ObjectNode definition) {
    definition.setAll(more);
    return Tasks.define(rest, definition);
  }

  String picky() {
    return define(
        Tasks.of(
            "javascript",
            PICKY,
            "{'retryPolicy':{'maxRetries':0},'inputSchema':{'type':'object','required':['n']},'rules':[{'on':'input','when':'input.n"
                + " == 0','then':'block','message':'none'}]}"));
  }

  private String sleeper() {
    return define(Tasks.of("bash", "sleep 50\n", "{'retryPolicy':{'maxRetries':0}}"));
  }

  /** An execution in that status. */
  String in(String status) {
    return switch (status) {
      case "RECEIVED" -> later(picky());
      case "RUNNING" -> running(sleeper());
      case "WAITING" -> waiting();
      case "PAUSED" -> paused(later(picky()));
      case "HELD" -> paused(running(sleeper())); // under its work
      case "RESTING" -> paused(waiting()); // before its next attempt
      case "COMPLETED" -> ended(picky(), "{\"n\":2}", status);
      case "FAILED" -> ended(picky(), "{\"n\":1}", status);
      case "REJECTED" -> ended(picky(), "{\"n\":0}", status);
      case "CANCELLED" -> {
        String id = later(picky());
        assertThat(command(id, "cancel", "{}").status()).isEqualTo(202);
        yield id;
      }
      default -> throw new IllegalArgumentException(status);
    };
  }

  private String paused(String id) {
    assertThat(command(id, "pause", "{}").status()).isEqualTo(202);
    return id;
  }

  String later(String task) {
    Answer answer =
        rest.post(
            "/tasks/" + task + "/executions",
            "{\"input\":{\"n\":1},\"startAt\":\"" + Instant.now().plusSeconds(3600) + "\"}");
    assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    return answer.json().get("id").stringValue();
  }

  String running(String task) {
    return inTime(rest.start(task, "{}"), "RUNNING");
  }

  private String inTime(String id, String status) {
    await()
        .atMost(LONGEST)
        .until(() -> rest.execution(id).get("status").stringValue().equals(status));
    return id;
  }

  /** Its work failed, and is tried again in an hour. */
  private String waiting() {
    String task =
        define(
            Tasks.of(
                "bash",
                "exit 1\n",
                "{'retryPolicy':{'maxRetries':1,'retryInterval':'PT1H','maxInterval':'PT1H','retryableErrors':['CODE_ERROR']}}"));
    return inTime(rest.start(task, "{}"), "WAITING");
  }

  String ended(String task, String input, String status) {
    JsonNode execution = rest.await(rest.start(task, input), LONGEST);
    assertThat(execution.get("status").stringValue()).as(execution.toString()).isEqualTo(status);
    return execution.get("id").stringValue();
  }

  /** The execution that a command has made. */
  static String made(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    String id = answer.json().get("id").stringValue();
    assertThat(answer.header("location")).contains("/executions/" + id);
    return id;
  }

  Answer command(String id, String command, String body) {
    return rest.post("/executions/" + id + "/" + command, body);
  }
}
