package io.taskwright.api.pool;

import io.taskwright.api.access.Caller;
import io.taskwright.api.access.Permission;
import io.taskwright.api.access.Requires;
import io.taskwright.api.body.Bodies;
import io.taskwright.api.problem.ProblemCode;
import io.taskwright.api.problem.ProblemException;
import io.taskwright.model.protocol.WorkerBeat;
import io.taskwright.store.pool.ExecutorWorkers;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** How executors register: each says every few seconds that it lives and what it can do. */
@RestController
final class WorkerController {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int MOST_BYTES = 64 << 10;
  private static final String ID = "[A-Za-z0-9][A-Za-z0-9._-]{0,149}";

  private final ExecutorWorkers workers;

  WorkerController(ExecutorWorkers workers) {
    this.workers = workers;
  }

  @Requires(Permission.OPEN_ATTEMPTS)
  @PutMapping("/executor/workers/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void heard(@PathVariable String id, HttpServletRequest request, Caller caller)
      throws IOException {
    if (!id.matches(ID)) {
      throw new ProblemException(ProblemCode.VALUE_INVALID, "id must match " + ID);
    }
    byte[] bytes = Bodies.raw(request, MediaType.APPLICATION_JSON, MOST_BYTES);
    workers.heard(caller.project(), id, beat(bytes));
  }

  private static WorkerBeat beat(byte[] bytes) {
    WorkerBeat beat;
    try {
      beat = JSON.readValue(bytes, WorkerBeat.class);
    } catch (JacksonException e) {
      throw new ProblemException(
          ProblemCode.VALUE_INVALID, "no executor says this of itself: " + e.getOriginalMessage());
    }
    if (beat == null) {
      throw new ProblemException(ProblemCode.BODY_REQUIRED, "send a JSON object");
    }
    return beat;
  }

  /** It ends, and takes no more. */
  @Requires(Permission.OPEN_ATTEMPTS)
  @DeleteMapping("/executor/workers/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void left(@PathVariable String id, Caller caller) {
    workers.left(caller.project(), id);
  }
}
