package io.taskwright.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Answers, problems, and nobody there. */
class TransportIT {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final StandInService service = new StandInService();

  @AfterEach
  void close() {
    service.close();
  }

  @Test
  void aProblemIsTold() {
    service.json(
        422,
        "{'code':'DEFINITION_INVALID','title':'t','detail':'d','traceId':'x',"
            + "'errors':[{'pointer':'/a','keyword':'k','message':'m'}]}");
    try (TaskwrightClient client = service.client()) {
      assertThatExceptionOfType(ProblemException.class)
          .isThrownBy(() -> client.tasks().create(Json.read("{}")))
          .withMessage("422 DEFINITION_INVALID: d")
          .satisfies(e -> {
            Problem problem = e.problem();
            assertThat(problem.title()).isEqualTo("t");
            assertThat(problem.traceId()).isEqualTo("x");
            assertThat(problem.ofServer()).isFalse();
            assertThat(problem.errors())
                .singleElement()
                .hasToString("Violation[pointer=/a, keyword=k, message=m]");
          });
    }
  }

  @Test
  void whatSomebodyElseAnsweredIsToldSo() {
    service.reply(new StandInService.Reply(502, "text/html", "<html>Bad Gateway", true));
    service.json(504, "{'no':'code'}");
    try (TaskwrightClient client = service.client()) {
      for (String code : new String[] {"HTTP_502", "HTTP_504"}) {
        assertThatExceptionOfType(ProblemException.class)
            .isThrownBy(() -> client.tasks().get("x"))
            .satisfies(e -> {
              assertThat(e.problem().code()).isEqualTo(code);
              assertThat(e.problem().ofServer()).isTrue();
            });
      }
    }
  }

  @Test
  void anotherServersPageIsNotTakenForAnAnswer() {
    service.reply(new StandInService.Reply(200, "text/html", "<html>", true));
    try (TaskwrightClient client = service.client()) {
      assertThatExceptionOfType(ProblemException.class)
          .isThrownBy(() -> client.tasks().get("x"))
          .withMessageContaining("is the URL right?");
    }
  }

  @Test
  void whatMayBeRepeatedIsRepeatedWhileTheServiceIsNotReady() {
    service.problem(503, "UNAVAILABLE", "starting").json(200, "{'name':'x'}");
    try (TaskwrightClient client = service.client(PATIENCE)) {
      assertThat(client.tasks().get("x").name()).isEqualTo("x");
    }
    assertThat(service.asked()).hasSize(2);
  }

  @Test
  void whatMayNotBeRepeatedIsNot() {
    service.problem(503, "UNAVAILABLE", "starting").json(202, "{}");
    try (TaskwrightClient client = service.client(PATIENCE)) {
      assertThatExceptionOfType(ProblemException.class)
          .isThrownBy(() -> client.executions().start("x", Start.PLAIN));
    }
    assertThat(service.asked()).hasSize(1);
  }

  @Test
  void aStartUnderAKeyIsRepeatedWhenItsAnswerIsLost() {
    service
        .reply(new StandInService.Reply(202, "application/json", "{\"id", false))
        .json(202, "{}");
    try (TaskwrightClient client = service.client(PATIENCE)) {
      client.executions().start("x", Start.PLAIN.under("once"));
    }
    assertThat(service.asked())
        .hasSize(2)
        .allSatisfy(asked -> assertThat(asked.headers()).containsEntry("Idempotency-key", "once"));
  }

  @Test
  void everyCallShowsTheKey() {
    service.json(200, "{}");
    try (TaskwrightClient client = service.client()) {
      client.tasks().get("x");
    }
    assertThat(service.last().headers()).containsEntry("Authorization", "Bearer tw_secret");
  }

  @Test
  void nobodyThereIsToldWithTheAddress() {
    URI url = service.url();
    service.close();
    try (TaskwrightClient client = new TaskwrightClient(Endpoint.of(url, StandInService.KEY))) {
      assertThat(client.url()).isEqualTo(url);
      assertThatExceptionOfType(UnreachableException.class)
          .isThrownBy(() -> client.tasks().get("x"))
          .withMessage("The service at " + url + " does not answer: the connection was refused.")
          .satisfies(e -> assertThat(e.url()).isEqualTo(url));
    }
  }

  @Test
  void anUnknownHostIsToldSo() {
    URI url = URI.create("http://no-such-host.invalid:1");
    try (TaskwrightClient client = new TaskwrightClient(Endpoint.of(url, StandInService.KEY))) {
      assertThatExceptionOfType(UnreachableException.class)
          .isThrownBy(() -> client.tasks().get("x"))
          .withMessageContaining("host is unknown");
    }
  }
}
