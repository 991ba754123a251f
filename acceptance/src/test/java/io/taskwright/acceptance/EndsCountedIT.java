package io.taskwright.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.testkit.Rest;
import io.taskwright.testkit.Rest.Answer;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Ends that no workflow concludes are counted like all others. */
final class EndsCountedIT {
  private final Rest rest = Shared.rest();

  private double ended(String status) {
    String line = "taskwright_executions_ended_total{status=\"" + status + "\"} ";
    return rest.get("/metrics")
        .body()
        .lines()
        .filter(text -> text.startsWith(line))
        .mapToDouble(text -> Double.parseDouble(text.substring(line.length())))
        .sum();
  }

  private String waiting(String task) {
    Answer answer =
        rest.post(
            "/tasks/" + task + "/executions",
            "{\"startAt\":\"" + Instant.now().plusSeconds(3_600) + "\"}");
    assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    return "/executions/" + answer.json().get("id").stringValue();
  }

  @Test
  void whatIsCancelledTerminatedOrSkippedIsCountedOnce() {
    String task = Tasks.define(rest, Tasks.of("javascript", "function main(i) { return 1; }"));
    double cancelled = ended("CANCELLED");
    double completed = ended("COMPLETED");
    String first = waiting(task);
    assertThat(rest.post(first + "/cancel", "{}").status()).isEqualTo(202);
    assertThat(rest.post(first + "/cancel", "{}").code()).isEqualTo("ALREADY_ENDED");
    assertThat(rest.post(waiting(task) + "/terminate", "{}").status()).isEqualTo(202);
    assertThat(rest.post(waiting(task) + "/skip", "{\"output\":1}").status()).isEqualTo(202);
    rest.run(task, "{}");
    assertThat(ended("CANCELLED") - cancelled).isEqualTo(2);
    assertThat(ended("COMPLETED") - completed).isEqualTo(2);
  }
}
