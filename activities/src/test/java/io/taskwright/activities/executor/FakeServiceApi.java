package io.taskwright.activities.executor;

import io.taskwright.model.execution.Failure;
import io.taskwright.model.protocol.AttemptAnswer;
import io.taskwright.model.protocol.AttemptEnd;
import io.taskwright.model.protocol.AttemptVerdict;
import io.taskwright.model.protocol.LockAnswer;
import io.taskwright.model.protocol.LockRequest;
import io.taskwright.model.protocol.OpenAttempt;
import io.taskwright.model.protocol.ProgressReport;
import io.taskwright.model.protocol.WorkerBeat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A service that answers what the test says, and is away as often as the test says. */
final class FakeServiceApi implements ServiceApi {
  final List<OpenAttempt> opened = new CopyOnWriteArrayList<>();
  final List<ProgressReport> reports = new CopyOnWriteArrayList<>();
  final List<AttemptEnd> ends = new CopyOnWriteArrayList<>();
  final AtomicInteger away = new AtomicInteger();
  final AtomicReference<@Nullable String> lock = new AtomicReference<>();
  final AtomicInteger bundles = new AtomicInteger();
  private final AttemptAnswer answer;
  private final byte[] bundle;
  final Map<String, byte[]> files = new ConcurrentHashMap<>();
  final Map<String, byte[]> artifacts = new ConcurrentHashMap<>();
  volatile boolean refusesArtifacts;
  volatile boolean refusesFiles;
  final List<WorkerBeat> beats = new CopyOnWriteArrayList<>();
  volatile boolean fenced;
  private Runnable beforeLock = () -> {};

  /** Another executor is faster. */
  void lockBefore(String other, Runnable then) {
    beforeLock =
        () -> {
          lock.set(other);
          then.run();
        };
  }

  /** The status that every call is answered with, or 0. */
  volatile int refusing;

  FakeServiceApi(AttemptAnswer answer, byte[] bundle) {
    this.answer = answer;
    this.bundle = bundle;
  }

  private void maybeAway() throws IOException {
    if (refusing != 0) {
      throw new RefusedException(refusing, "was answered " + refusing);
    }
    if (away.getAndUpdate(times -> Math.max(0, times - 1)) > 0) {
      throw new IOException("away");
    }
  }

  @Override
  public AttemptAnswer open(OpenAttempt request) throws IOException {
    maybeAway();
    opened.add(request);
    return answer;
  }

  @Override
  public byte[] bundle(String token, String digest) throws IOException {
    maybeAway();
    if (refusesFiles) {
      throw new RefusedException(404, "was answered 404");
    }
    bundles.incrementAndGet();
    return bundle;
  }

  @Override
  public boolean report(String token, ProgressReport report) throws IOException {
    maybeAway();
    reports.add(report);
    return !fenced;
  }

  @Override
  public boolean file(String token, String sha256, Path target) throws IOException {
    maybeAway();
    byte[] bytes = files.get(sha256);
    if (bytes != null) {
      Files.write(target, bytes);
    }
    return bytes != null;
  }

  @Override
  public Optional<String> artifact(String token, LeftFile file) throws IOException {
    maybeAway();
    if (refusesFiles) {
      throw new RefusedException(404, "was answered 404");
    }
    artifacts.put(file.path(), Files.readAllBytes(file.content()));
    return refusesArtifacts ? Optional.of("no") : Optional.empty();
  }

  @Override
  public LockAnswer lock(String token, LockRequest request) throws IOException {
    maybeAway();
    String offered = request.lock();
    if (offered != null) {
      beforeLock.run();
      lock.compareAndSet(null, offered);
    }
    return new LockAnswer(lock.get());
  }

  @Override
  public AttemptVerdict end(String token, AttemptEnd end) throws IOException {
    maybeAway();
    ends.add(end);
    Failure failure = end.failure();
    return new AttemptVerdict(true, failure == null ? null : failure.code());
  }

  @Override
  public void heard(String id, WorkerBeat beat) throws IOException {
    maybeAway();
    beats.add(beat);
  }

  @Override
  public void left(String id) throws IOException {
    maybeAway();
    beats.clear();
  }
}
