package io.taskwright.store.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.model.ExecutionId;
import io.taskwright.model.Project;
import io.taskwright.model.TaskId;
import io.taskwright.model.definition.ResourceRequirements;
import io.taskwright.model.definition.RetryPolicy;
import io.taskwright.model.execution.Actor;
import io.taskwright.model.execution.CacheUse;
import io.taskwright.model.execution.Method;
import io.taskwright.model.execution.Origin;
import io.taskwright.model.execution.Route;
import io.taskwright.store.Ids;
import io.taskwright.store.StoreTestApplication;
import io.taskwright.store.execution.NewExecution.StartKey;
import io.taskwright.store.pool.ExecutorWorkers;
import io.taskwright.store.pool.Pools;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Executions of a test, in as far a state as it needs them. */
@SpringBootTest(classes = StoreTestApplication.class)
abstract class StoredExecutions {
  static final Project MINE = Project.DEFAULT;
  static final Actor ADA = new Actor(Actor.Kind.KEY, "ada");
  static final Route ROUTE = new Route(Method.CONTAINER, "default", "because");
  static final ResourceRequirements RESOURCES = ResourceRequirements.DEFAULT;
  static final Opening FIRST = new Opening.Opened(1, RESOURCES.memory());
  static final RetryPolicy NEVER = new RetryPolicy(0, Duration.ZERO, 1, Duration.ZERO, Set.of());

  @Autowired Intake intake;
  @Autowired Dispatch dispatch;
  @Autowired Admissions admissions;
  @Autowired Attempts attempts;
  @Autowired Conclusions conclusions;
  @Autowired Commands commands;
  @Autowired Executions executions;
  @Autowired Events events;
  @Autowired ExecutorWorkers workers;
  @Autowired Pools pools;
  @Autowired JdbcClient jdbc;

  static NewExecution execution(String pool, int priority, @Nullable StartKey key) {
    return new NewExecution(
        new ExecutionId(Ids.next()),
        MINE,
        new TaskId(Ids.next()),
        "some-task",
        1,
        pool,
        priority,
        "{\"n\":1}",
        Map.of("team", "blue"),
        Origin.start(ADA),
        null,
        Duration.ofHours(1),
        key,
        false,
        List.of(),
        CacheUse.USE);
  }

  ExecutionId accepted(String pool) {
    NewExecution execution = execution(pool, 3, null);
    intake.accept(execution);
    return execution.id();
  }

  List<ExecutionId> claim(String pool, int bound) {
    return dispatch.claim(Map.of(pool, bound), 0, Duration.ofSeconds(30)).stream()
        .map(Dispatch.Claim::id)
        .toList();
  }

  ExecutionId running(String pool) {
    ExecutionId id = accepted(pool);
    claim(pool, 100);
    admissions.admit(ExecutionToken.fresh(id), new Route(Method.CONTAINER, pool, "because"));
    return id;
  }

  Attempts.Open open(ExecutionId id, RetryPolicy policy) {
    ExecutionToken token = ExecutionToken.fresh(id);
    assertThat(attempts.open(token, policy, RESOURCES, "w1")).isInstanceOf(Opening.Opened.class);
    return attempts.find(token).orElseThrow();
  }

  ExecutionView view(ExecutionId id) {
    return executions.find(MINE, id).orElseThrow().execution();
  }

  static Fact line(String text) {
    return Fact.log(Instant.now(), "INFO", "stdout", text);
  }

  List<String> messages(ExecutionId id, String text) {
    return events
        .log(MINE, new Events.LogFilter(id, null, List.of(), null, null, text, null), 10)
        .stream()
        .map(found -> Objects.requireNonNull(found.event().message()))
        .toList();
  }
}
