package io.taskwright.api.executor;

import io.taskwright.api.access.AttemptTokenOnly;
import io.taskwright.api.access.AttemptTokens;
import io.taskwright.api.access.Caller;
import io.taskwright.api.access.Permission;
import io.taskwright.api.access.Requires;
import io.taskwright.api.body.Bodies;
import io.taskwright.api.problem.ProblemCode;
import io.taskwright.api.problem.ProblemException;
import io.taskwright.model.ByteSize;
import io.taskwright.model.ExecutionId;
import io.taskwright.model.Project;
import io.taskwright.model.definition.Dependency;
import io.taskwright.model.definition.TaskDefinition;
import io.taskwright.model.definition.Work;
import io.taskwright.model.execution.Failure;
import io.taskwright.model.execution.FailureCode;
import io.taskwright.model.protocol.Assignment;
import io.taskwright.model.protocol.AttemptAnswer;
import io.taskwright.model.protocol.AttemptAnswer.State;
import io.taskwright.model.protocol.AttemptEnd;
import io.taskwright.model.protocol.AttemptVerdict;
import io.taskwright.model.protocol.LockAnswer;
import io.taskwright.model.protocol.LockRequest;
import io.taskwright.model.protocol.OpenAttempt;
import io.taskwright.model.protocol.ProgressReport;
import io.taskwright.model.protocol.Said;
import io.taskwright.rules.Contracts;
import io.taskwright.rules.Judgement;
import io.taskwright.rules.TaskContract;
import io.taskwright.store.blob.Bundles;
import io.taskwright.store.catalogue.DependencyLocks;
import io.taskwright.store.execution.Admissions;
import io.taskwright.store.execution.Admissions.Candidate;
import io.taskwright.store.execution.Attempts;
import io.taskwright.store.execution.Attempts.Open;
import io.taskwright.store.execution.ExecutionToken;
import io.taskwright.store.execution.Fact;
import io.taskwright.store.execution.Opening;
import io.taskwright.store.execution.Signals;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What executor workers call. Opening an attempt takes the worker's own key and the grant that
 * Temporal handed over; everything after it takes the attempt's token.
 */
@RestController
final class ExecutorController {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int MOST_TO_OPEN = 16 << 10;
  private static final int MOST_TO_REPORT = 48 << 20;
  private static final int MOST_TO_LOCK = 2 * LockRequest.LONGEST_LOCK;

  private final Admissions admissions;
  private final Attempts attempts;
  private final Contracts contracts;
  private final Bundles bundles;
  private final AttemptSecrets secrets;
  private final DependencyLocks locks;
  private final Signals signals;

  ExecutorController(
      Admissions admissions,
      Attempts attempts,
      Contracts contracts,
      Bundles bundles,
      AttemptSecrets secrets,
      DependencyLocks locks,
      Signals signals) {
    this.admissions = admissions;
    this.attempts = attempts;
    this.contracts = contracts;
    this.bundles = bundles;
    this.secrets = secrets;
    this.locks = locks;
    this.signals = signals;
  }

  @Requires(Permission.OPEN_ATTEMPTS)
  @PostMapping("/executor/attempts")
  AttemptAnswer open(HttpServletRequest request, Caller caller) throws IOException {
    OpenAttempt asked = read(request, OpenAttempt.class, MOST_TO_OPEN);
    Optional<Candidate> granted =
        ExecutionToken.parse(asked.grant())
            .flatMap(admissions::granted)
            .filter(candidate -> serves(caller, candidate));
    if (granted.isEmpty()) {
      return new AttemptAnswer(State.OVER, null, null);
    }
    Candidate candidate = granted.get();
    Optional<TaskContract> contract = contracts.find(candidate.task(), candidate.taskVersion());
    if (contract.isEmpty()) {
      return new AttemptAnswer(State.EXHAUSTED, FailureCode.INTERNAL, null);
    }
    ExecutionToken token = token(candidate, asked.nonce());
    TaskDefinition definition = contract.get().definition();
    Work.Automated work =
        switch (definition.work()) {
          case Work.Automated automated -> candidate.own(automated);
        };
    return switch (attempts.open(
        token, definition.retryPolicy(), work.resources(), asked.worker())) {
      case Opening.Opened(int number, ByteSize memory) ->
          new AttemptAnswer(
              State.OPENED,
              null,
              told(
                  definition,
                  candidate,
                  Assignment.of(
                      candidate.id(),
                      number,
                      token.toString(),
                      work,
                      memory,
                      candidate.input(),
                      secrets.of(candidate.project(), work),
                      candidate.files())));
      case Opening.Done() -> new AttemptAnswer(State.DONE, null, null);
      case Opening.Exhausted(FailureCode code) -> new AttemptAnswer(State.EXHAUSTED, code, null);
      case Opening.Held() -> new AttemptAnswer(State.HELD, null, null);
      case Opening.Over() -> new AttemptAnswer(State.OVER, null, null);
    };
  }

  private Assignment told(TaskDefinition definition, Candidate candidate, Assignment assignment) {
    return definition.signals().isEmpty()
        ? assignment
        : assignment.told(signals.before(candidate.id(), assignment.number()));
  }

  /** The installation's own executors serve every project, a project's only itself. */
  private static boolean serves(Caller caller, Candidate candidate) {
    return caller.project().equals(Project.DEFAULT) || caller.project().equals(candidate.project());
  }

  private static ExecutionToken token(Candidate candidate, String nonce) {
    try {
      return new ExecutionToken(candidate.id(), nonce);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(ProblemCode.VALUE_INVALID, "nonce: " + e.getMessage());
    }
  }

  @AttemptTokenOnly
  @GetMapping(
      value = "/executor/bundles/{digest}",
      produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
  byte[] bundle(@PathVariable String digest, HttpServletRequest request) {
    return bundles
        .get(open(request).project(), digest)
        .orElseThrow(() -> ProblemException.notFound("such bundle"));
  }

  @AttemptTokenOnly
  @PostMapping("/executor/attempts/current/reports")
  ObjectNode report(HttpServletRequest request) throws IOException {
    Open attempt = open(request);
    ProgressReport report = read(request, ProgressReport.class, MOST_TO_REPORT);
    if (!attempts.report(attempt, report.number(), facts(report.said()))) {
      throw over();
    }
    return JsonNodeFactory.instance.objectNode().put("taken", report.number());
  }

  @AttemptTokenOnly
  @PostMapping("/executor/attempts/current/end")
  AttemptVerdict end(HttpServletRequest request) throws IOException {
    ExecutionToken token = AttemptTokens.of(request).orElseThrow();
    AttemptEnd told = read(request, AttemptEnd.class, MOST_TO_REPORT);
    Optional<Open> open = attempts.find(token);
    if (open.isPresent()) {
      Attempts.End end = end(open.get(), told);
      if (attempts.end(open.get(), told.number(), facts(told.said()), end)) {
        if (end.failure() != null) {
          waitForNext(open.get(), end.failure().code());
        }
        return new AttemptVerdict(true, end.failure() == null ? null : end.failure().code());
      }
    }
    return new AttemptVerdict(
        false, attempts.ended(token).orElseThrow(ExecutorController::over).orElse(null));
  }

  /** Whoever finds the packages first says for all what they are. */
  @AttemptTokenOnly
  @PostMapping("/executor/attempts/current/lock")
  LockAnswer lock(HttpServletRequest request) throws IOException {
    Open attempt = open(request);
    LockRequest asked = read(request, LockRequest.class, MOST_TO_LOCK);
    String platform = asked.platform();
    String lock = asked.lock();
    if (!platform.matches("[\\x20-\\x7e]{1,200}") || (lock != null && !isLock(lock))) {
      throw new ProblemException(
          ProblemCode.VALUE_INVALID, "a platform of 1 to 200 characters, a lock that is JSON");
    }
    List<String> wanted = wanted(attempt);
    return new LockAnswer(
        lock == null
            ? locks.find(attempt.task(), attempt.taskVersion(), platform, wanted).orElse(null)
            : locks.keep(attempt.task(), attempt.taskVersion(), platform, wanted, lock));
  }

  private static boolean isLock(String text) {
    try {
      return text.length() <= LockRequest.LONGEST_LOCK
          && text.indexOf('\0') < 0
          && JSON.readTree(text).path("packages").isArray();
    } catch (JacksonException e) {
      return false;
    }
  }

  private List<String> wanted(Open attempt) {
    TaskContract contract =
        contracts
            .find(attempt.task(), attempt.taskVersion())
            .orElseThrow(() -> ProblemException.notFound("such version"));
    return switch (contract.definition().work()) {
      case Work.Automated work -> work.dependencies().stream().map(Dependency::text).toList();
    };
  }

  private Attempts.End end(Open attempt, AttemptEnd told) {
    Failure failure = told.failure();
    String output = told.output();
    if (output != null && failure == null) {
      failure = broken(attempt, output);
    }
    ObjectNode usage =
        JsonNodeFactory.instance
            .objectNode()
            .put("wallMillis", told.wallMillis())
            .put("cpuMillis", told.cpuMillis())
            .put("peakMemory", told.peakMemory());
    return new Attempts.End(failure == null ? output : null, failure, usage, told.environment());
  }

  private @Nullable Failure broken(Open attempt, String output) {
    Optional<TaskContract> contract = contracts.find(attempt.task(), attempt.taskVersion());
    if (contract.isEmpty()) {
      return null;
    }
    Judgement judgement = contract.get().ofOutput(() -> input(attempt.execution()), output);
    admissions.warn(attempt.execution(), judgement.warnings());
    return judgement.failure().orElse(null);
  }

  private JsonNode input(ExecutionId execution) {
    return JSON.readTree(admissions.find(execution).orElseThrow(ExecutorController::over).input());
  }

  private void waitForNext(Open attempt, FailureCode code) {
    contracts
        .find(attempt.task(), attempt.taskVersion())
        .map(contract -> contract.definition().retryPolicy())
        .ifPresent(policy -> attempts.waitForNext(attempt, code, policy));
  }

  private static List<Fact> facts(List<Said> said) {
    return said.stream().map(Fact::of).toList();
  }

  private Open open(HttpServletRequest request) {
    return AttemptTokens.of(request).flatMap(attempts::find).orElseThrow(ExecutorController::over);
  }

  static ProblemException over() {
    return new ProblemException(
        ProblemCode.ATTEMPT_OVER, "the attempt has ended or another one has taken over");
  }

  private static <T> T read(HttpServletRequest request, Class<T> type, int most)
      throws IOException {
    byte[] bytes = Bodies.raw(request, MediaType.APPLICATION_JSON, most);
    try {
      T read = JSON.readValue(bytes, type);
      if (read == null) {
        throw new ProblemException(ProblemCode.BODY_REQUIRED, "send a JSON object");
      }
      return read;
    } catch (JacksonException e) {
      throw new ProblemException(ProblemCode.MALFORMED_JSON, "the message cannot be read");
    }
  }
}
