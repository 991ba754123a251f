package io.taskwright.client;

import io.taskwright.model.ExecutionId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/**
 * The events of one execution, each once and in order. When the connection breaks it is made again
 * and goes on after the last event that was heard, until the execution has ended or nobody was
 * there for longer than the patience lasts.
 */
final class EventStream {
  /** The service says something every 15 seconds. */
  private static final Duration SILENCE = Duration.ofSeconds(50);

  /** After the end the service closes the stream, when all late lines of log are sent. */
  private static final Duration SILENCE_AFTER_END = Duration.ofSeconds(5);

  private static final int NO_CONTENT = 204;
  private static final int FIRST_NO_SUCCESS = 300;
  private static final int UNAVAILABLE = 503;

  private final Transport transport;
  private final ExecutionId execution;
  private final Follower follower;
  private final Pauses pauses;
  private long last;
  private int failures;
  private boolean ended;

  /**
   * @param after the number of the last event that is known already; 0 for none
   */
  EventStream(
      Transport transport,
      ExecutionId execution,
      long after,
      Duration patience,
      Follower follower) {
    this.transport = transport;
    this.execution = execution;
    this.last = after;
    this.follower = follower;
    this.pauses = new Pauses(patience);
  }

  /** Listens until the end. */
  void follow() {
    while (!ended) {
      UnreachableException reason;
      try {
        listen();
        reason = transport.unreachable("the events broke off", null);
      } catch (UnreachableException e) {
        reason = e;
      } catch (ProblemException e) {
        if (e.problem().status() != UNAVAILABLE) {
          throw e;
        }
        reason = transport.unreachable(e.problem().detail(), e);
      }
      pauseUnlessEnded(reason);
    }
  }

  private void pauseUnlessEnded(UnreachableException reason) {
    // The first failure may only be a connection that was too old.
    if (!ended && ++failures == 2) {
      follower.away(reason);
    }
    try {
      if (!ended && !pauses.pause()) {
        throw reason;
      }
    } catch (InterruptedException e) {
      throw transport.interrupted(e);
    }
  }

  /** One connection, to its end. */
  private void listen() {
    Call call =
        Call.get("/executions/" + execution + "/events").with("Accept", "text/event-stream");
    HttpResponse<Chunks> answer =
        transport.open(last == 0 ? call : call.with("Last-Event-ID", Long.toString(last)));
    try (Chunks chunks = answer.body()) {
      if (answer.statusCode() >= FIRST_NO_SUCCESS) {
        throw new ProblemException(Problem.of(answer.statusCode(), all(chunks)));
      }
      ended = answer.statusCode() == NO_CONTENT;
      SseParser parser = new SseParser();
      while (true) {
        Optional<byte[]> bytes = chunks.next(ended ? SILENCE_AFTER_END : SILENCE);
        if (bytes.isEmpty()) {
          return;
        }
        for (SseEvent event : parser.accept(bytes.get())) {
          hear(event);
        }
      }
    } catch (IOException e) {
      throw transport.unreachable("the events broke off", e);
    } catch (InterruptedException e) {
      throw transport.interrupted(e);
    }
  }

  private void hear(SseEvent raw) throws IOException {
    long seq;
    Event event;
    try {
      seq = Long.parseLong(raw.id());
      event = Event.of(seq, raw.type(), Json.read(raw.data()));
    } catch (NumberFormatException | DateTimeParseException | JacksonException e) {
      throw new IOException("what came is no event of an execution", e);
    }
    if (seq <= last) {
      return;
    }
    if (seq != last + 1) {
      throw new IOException("event " + seq + " came after event " + last);
    }
    last = seq;
    pauses.reset();
    failures = 0;
    ended |= event instanceof Event.Ended;
    follower.hear(event);
  }

  private static byte[] all(Chunks chunks) throws IOException, InterruptedException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (Optional<byte[]> bytes = chunks.next(SILENCE);
        bytes.isPresent();
        bytes = chunks.next(SILENCE)) {
      all.writeBytes(bytes.get());
    }
    return all.toByteArray();
  }
}
