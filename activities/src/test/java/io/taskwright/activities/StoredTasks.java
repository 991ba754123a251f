package io.taskwright.activities;

import io.taskwright.model.ExecutionId;
import io.taskwright.model.Project;
import io.taskwright.model.execution.Actor;
import io.taskwright.model.execution.CacheUse;
import io.taskwright.model.execution.DryRun;
import io.taskwright.model.execution.Origin;
import io.taskwright.model.execution.Routing;
import io.taskwright.rules.Caps;
import io.taskwright.rules.Contracts;
import io.taskwright.rules.DefinitionReader;
import io.taskwright.store.Ids;
import io.taskwright.store.StoreConfiguration;
import io.taskwright.store.catalogue.Catalogue;
import io.taskwright.store.catalogue.TaskVersion;
import io.taskwright.store.execution.Admissions;
import io.taskwright.store.execution.Attempts;
import io.taskwright.store.execution.Commands;
import io.taskwright.store.execution.Conclusions;
import io.taskwright.store.execution.Dispatch;
import io.taskwright.store.execution.DryRuns;
import io.taskwright.store.execution.ExecutionView.Detailed;
import io.taskwright.store.execution.Executions;
import io.taskwright.store.execution.Intake;
import io.taskwright.store.execution.KnownResults;
import io.taskwright.store.execution.NewExecution;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Tasks and executions of a test, in a real database. */
@SpringBootTest(classes = StoredTasks.Store.class)
abstract class StoredTasks {
  static final Project MINE = Project.DEFAULT;
  static final Actor ADA = new Actor(Actor.Kind.KEY, "ada");

  @Autowired Catalogue catalogue;
  @Autowired Intake intake;
  @Autowired DryRuns dryRuns;
  @Autowired Dispatch dispatch;
  @Autowired Admissions admissions;
  @Autowired KnownResults known;
  @Autowired Attempts attempts;
  @Autowired Conclusions conclusions;
  @Autowired Commands commands;
  @Autowired Executions executions;

  /** The store on a PostgreSQL of its own. */
  @SpringBootConfiguration
  @EnableAutoConfiguration
  @Import(StoreConfiguration.class)
  static class Store {
    @Bean(destroyMethod = "close")
    EmbeddedPostgres postgres() throws IOException {
      return EmbeddedPostgres.builder().start();
    }

    @Bean
    DataSource dataSource(EmbeddedPostgres postgres) {
      return postgres.getPostgresDatabase();
    }
  }

  Contracts contracts() {
    return new Contracts(catalogue::definition, new DefinitionReader(Caps.DEFAULT));
  }

  /** A task; single quotes in the definition stand for double ones. */
  TaskVersion task(String definition) {
    return catalogue.create(MINE, "task-" + Ids.next(), definition.replace('\'', '"'), "ada");
  }

  /** An execution of the task that was dispatched. */
  ExecutionId dispatched(TaskVersion task, String input) {
    NewExecution execution = execution(task, input);
    intake.accept(execution);
    dispatch.claim(Map.of(Routing.IN_PROCESS_POOL, 1_000), 0, Duration.ofSeconds(30));
    return execution.id();
  }

  /** A dry run of the task that was dispatched. */
  ExecutionId dispatched(TaskVersion task, String input, DryRun work) {
    NewExecution execution = execution(task, input);
    dryRuns.accept(execution, work);
    dispatch.claim(Map.of(Routing.IN_PROCESS_POOL, 1_000), 0, Duration.ofSeconds(30));
    return execution.id();
  }

  private static NewExecution execution(TaskVersion task, String input) {
    return new NewExecution(
        new ExecutionId(Ids.next()),
        MINE,
        task.task(),
        task.name(),
        task.number(),
        Routing.IN_PROCESS_POOL,
        3,
        input,
        Map.of(),
        Origin.start(ADA),
        null,
        Duration.ofHours(1),
        null,
        false,
        List.of(),
        CacheUse.USE);
  }

  Detailed detail(ExecutionId id) {
    return executions.find(MINE, id).orElseThrow();
  }
}
