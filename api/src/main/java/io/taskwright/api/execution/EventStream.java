package io.taskwright.api.execution;

import io.taskwright.api.body.Parameters;
import io.taskwright.model.ExecutionId;
import io.taskwright.model.Project;
import io.taskwright.store.execution.Events;
import io.taskwright.store.execution.Events.Event;
import io.taskwright.store.execution.Executions;
import io.taskwright.store.execution.Executions.Position;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sends what happens to an execution as it happens (server-sent events). The id of each event is
 * its number, and so a client that reconnects misses nothing and sees nothing twice. Numbers have
 * no gaps, until a log is removed because its time is over.
 */
@Component
final class EventStream {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int PAGE = 500;
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);
  private static final Duration WATCHED = Duration.ofSeconds(60);
  private static final Duration RENEW = Duration.ofSeconds(30);
  private static final int NO_CONTENT = 204;

  private final Events events;
  private final Executions executions;
  private final Watchers watchers;

  EventStream(Events events, Executions executions, Watchers watchers) {
    this.events = events;
    this.executions = executions;
    this.watchers = watchers;
  }

  /** Sends until the execution's end was sent, or the client is gone. */
  void send(
      Project project, ExecutionId id, @Nullable String lastEventId, HttpServletResponse response)
      throws IOException, InterruptedException {
    long sent = number(lastEventId);
    try (Watchers.Watch watch = watchers.watch(id)) {
      Position position = position(project, id);
      if (position.status().ended()
          && (sent >= position.seq() || events.after(id, sent, 1).isEmpty())) {
        response.setStatus(NO_CONTENT); // tells the client not to come back
        return;
      }
      response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
      response.setCharacterEncoding(StandardCharsets.UTF_8);
      response.setHeader("X-Accel-Buffering", "no");
      OutputStream out = response.getOutputStream();
      long renewed = System.nanoTime();
      boolean ended = false;
      while (!ended) {
        List<Event> page = events.after(id, sent, PAGE);
        for (Event event : page) {
          write(out, event);
          sent = event.seq();
          ended |= event.type().equals("end");
        }
        out.flush();
        ended = (ended || position.status().ended()) && page.size() < PAGE;
        if (page.isEmpty() && !ended) {
          watch.await(KEEP_ALIVE);
          comment(out);
        }
        if (System.nanoTime() - renewed > RENEW.toNanos()) {
          position(project, id);
          renewed = System.nanoTime();
        }
      }
    }
  }

  private Position position(Project project, ExecutionId id) {
    return executions.watch(project, id, WATCHED).orElseThrow(KnownExecutions::absent);
  }

  private static long number(@Nullable String lastEventId) {
    if (lastEventId == null || lastEventId.isEmpty()) {
      return 0;
    }
    if (!lastEventId.matches("[0-9]{1,18}")) {
      throw Parameters.wrong("Last-Event-ID", "must be the id of an event of this stream");
    }
    return Long.parseLong(lastEventId);
  }

  private static void comment(OutputStream out) throws IOException {
    out.write(": keep-alive\n\n".getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private static void write(OutputStream out, Event event) throws IOException {
    String text =
        "id: " + event.seq() + "\nevent: " + event.type() + "\ndata: " + data(event) + "\n\n";
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  private static ObjectNode data(Event event) {
    ObjectNode json =
        event.data() == null
            ? JSON.createObjectNode()
            : JSON.readTree(event.data()).asObject().deepCopy();
    if (event.message() != null) {
      json.put("level", event.level())
          .put("source", event.source())
          .put("message", event.message());
    }
    return json.put("at", event.at().toString());
  }
}
