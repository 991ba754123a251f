package io.taskwright.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.testkit.Rest;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Events while they happen, and after a broken connection. */
class EventStreamIT {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String TALKER =
      """
      import json, os, time
      progress = open(os.environ["TASK_PROGRESS"], "w")
      for i in range(10):
          print(f"line {i}", flush=True)
          progress.write(json.dumps({"fraction": i / 10, "message": f"step {i}"}) + "\\n")
          progress.flush()
          time.sleep(0.15)
      """;

  private final Rest rest = Shared.rest();

  record Event(long id, String type, JsonNode data) {}

  /** Reads events until there are so many, or the stream ends. */
  private static List<Event> read(String execution, long after, int most)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                Shared.installation().url().resolve("/executions/" + execution + "/events"))
            .timeout(Duration.ofSeconds(60))
            .header("Authorization", "Bearer " + Shared.installation().adminKey());
    if (after > 0) {
      request.header("Last-Event-ID", Long.toString(after));
    }
    List<Event> events = new ArrayList<>();
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<java.util.stream.Stream<String>> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofLines());
      if (response.statusCode() == 204) {
        return events;
      }
      assertThat(response.statusCode()).isEqualTo(200);
      Iterator<String> lines = response.body().iterator();
      long id = 0;
      String type = "";
      while (lines.hasNext() && events.size() < most) {
        String line = lines.next();
        if (line.startsWith("id: ")) {
          id = Long.parseLong(line.substring(4));
        } else if (line.startsWith("event: ")) {
          type = line.substring(7);
        } else if (line.startsWith("data: ")) {
          events.add(new Event(id, type, JSON.readTree(line.substring(6))));
        }
      }
      http.shutdownNow();
    }
    return events;
  }

  @Test
  void tellsEverythingInOrderWithoutAGap() throws Exception {
    String id = rest.start(Tasks.define(rest, Tasks.of("python", TALKER)), "{}");
    List<Event> events = read(id, 0, 1_000);
    assertThat(events)
        .extracting(Event::id)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, events.size()).boxed().toList());
    assertThat(events.getLast().type()).isEqualTo("end");
    assertThat(events.getLast().data().get("status").stringValue()).isEqualTo("COMPLETED");
    assertThat(
            events.stream()
                .filter(event -> event.type().equals("log"))
                .map(event -> event.data().get("message").stringValue()))
        .containsExactlyElementsOf(IntStream.range(0, 10).mapToObj(i -> "line " + i).toList());
    assertThat(events.stream().filter(event -> event.type().equals("progress"))).hasSize(10);
    assertThat(
            events.stream()
                .filter(event -> event.type().equals("status"))
                .map(event -> event.data().get("status").stringValue()))
        .containsExactly("RECEIVED", "PREPARING", "RUNNING");
  }

  @Test
  void goesOnAfterEachBrokenConnectionWithoutAHoleOrADouble() throws Exception {
    String id = rest.start(Tasks.define(rest, Tasks.of("python", TALKER)), "{}");
    List<Long> seen = new ArrayList<>();
    boolean ended = false;
    while (!ended) {
      List<Event> some = read(id, seen.isEmpty() ? 0 : seen.getLast(), 3);
      some.forEach(event -> seen.add(event.id()));
      ended = some.stream().anyMatch(event -> event.type().equals("end"));
    }
    assertThat(seen)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, seen.size()).boxed().toList());
    assertThat(read(id, seen.getLast(), 10)).isEmpty();
  }

  @Test
  void tellsAnEndedExecutionAtOnce() throws Exception {
    JsonNode execution =
        rest.run(Tasks.define(rest, Tasks.of("javascript", "function main() { return 1; }")), "{}");
    List<Event> events = read(execution.get("id").stringValue(), 0, 1_000);
    assertThat(events.getLast().type()).isEqualTo("end");
  }

  @Test
  void logsOfAllExecutionsAreOneList() throws Exception {
    String task = Tasks.define(rest, Tasks.of("python", TALKER));
    String id = rest.run(task, "{}").get("id").stringValue();
    JsonNode page = rest.get("/logs?task=" + task + "&limit=4").json();
    assertThat(page.get("items").valueStream().map(item -> item.get("message").stringValue()))
        .containsExactly("line 9", "line 8", "line 7", "line 6");
    JsonNode next =
        rest.get("/logs?task=" + task + "&limit=4&cursor=" + page.get("nextCursor").stringValue())
            .json();
    assertThat(next.at("/items/0/message").stringValue()).isEqualTo("line 5");
    assertThat(next.at("/items/0/execution").stringValue()).isEqualTo(id);
    rest.post(
        "/logs",
        "{\"execution\":\"" + id + "\",\"level\":\"WARN\",\"message\":\"a note of mine\"}");
    JsonNode mine = rest.get("/logs?execution=" + id + "&level=warn&q=note%20of").json();
    assertThat(mine.get("items")).hasSize(1);
    assertThat(mine.at("/items/0/source").stringValue()).isEqualTo("key first-admin");
  }
}
