package io.taskwright.app.server;

import com.uber.m3.tally.RootScopeBuilder;
import com.uber.m3.tally.Scope;
import io.micrometer.core.instrument.MeterRegistry;
import io.taskwright.activities.BatchActivities;
import io.taskwright.activities.InProcessAttempt;
import io.taskwright.activities.RecordActivities;
import io.taskwright.activities.RecordedAttempt;
import io.taskwright.activities.check.CheckRound;
import io.taskwright.activities.check.OtherTask;
import io.taskwright.model.definition.TaskRuntime;
import io.taskwright.model.execution.Routing;
import io.taskwright.rules.Contracts;
import io.taskwright.sandbox.javascript.JavascriptSandbox;
import io.taskwright.sandbox.wasm.HeapBudget;
import io.taskwright.sandbox.wasm.WasmSandbox;
import io.taskwright.store.Notices;
import io.taskwright.store.access.ApiKeys;
import io.taskwright.store.blob.Bundles;
import io.taskwright.store.catalogue.CheckPins;
import io.taskwright.store.execution.Admissions;
import io.taskwright.store.execution.Attempts;
import io.taskwright.store.execution.CheckStart;
import io.taskwright.store.execution.Checks;
import io.taskwright.store.execution.Commands;
import io.taskwright.store.execution.Conclusions;
import io.taskwright.store.execution.Dispatch;
import io.taskwright.store.execution.DryRuns;
import io.taskwright.store.execution.Events;
import io.taskwright.store.execution.KnownResults;
import io.taskwright.store.execution.LimitQueues;
import io.taskwright.store.execution.Outbox;
import io.taskwright.store.execution.Repairs;
import io.taskwright.store.execution.Stale;
import io.taskwright.store.execution.TaskChecks;
import io.taskwright.store.execution.Waits;
import io.taskwright.store.file.Artifacts;
import io.taskwright.store.limit.ProjectLimits;
import io.taskwright.store.pool.ExecutorWorkers;
import io.taskwright.store.pool.Pools;
import io.taskwright.store.secret.MasterKeys;
import io.taskwright.temporal.TemporalConnection;
import io.taskwright.temporal.TemporalSettings;
import io.taskwright.workers.CoreWorker;
import io.taskwright.workers.Dispatcher;
import io.taskwright.workers.FileUpkeep;
import io.taskwright.workers.LimitTurns;
import io.taskwright.workers.Reconciler;
import io.taskwright.workers.Relay;
import io.taskwright.workers.Upkeep;
import io.temporal.common.reporter.MicrometerClientStatsReporter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.transaction.support.TransactionTemplate;

/** What the process does besides answering requests. */
@Configuration(proxyBeanMethods = false)
class RolesConfiguration {
  private static final Duration RECONCILED_AFTER = Duration.ofSeconds(30);

  @Bean
  FirstKeys firstKeys(ApiKeys keys, TransactionTemplate transaction, ServiceProperties properties) {
    return new FirstKeys(keys, transaction, properties.data().resolve("keys"));
  }

  @Bean(destroyMethod = "close")
  TemporalConnection temporal(ServiceProperties properties, MeterRegistry metrics) {
    Scope scope =
        new RootScopeBuilder()
            .reporter(new MicrometerClientStatsReporter(metrics))
            .reportEvery(com.uber.m3.util.Duration.ofSeconds(10));
    return TemporalConnection.of(
        new TemporalSettings(
            properties.temporal().address(),
            properties.temporal().namespace(),
            properties.temporal().uiUrl()),
        ProcessName.get(),
        scope);
  }

  @Bean
  DispatchMetrics dispatchMetrics(MeterRegistry metrics) {
    return new DispatchMetrics(metrics);
  }

  @Bean
  LimitTurns limitTurns(LimitQueues queues, ProjectLimits projects, DispatchMetrics figures) {
    return new LimitTurns(queues, projects, figures);
  }

  @Bean(destroyMethod = "")
  Dispatcher dispatcher(
      Dispatch dispatch,
      LimitTurns limits,
      DispatchMetrics figures,
      TemporalConnection temporal,
      Notices notices,
      ServiceProperties properties) {
    return new Dispatcher(
        dispatch,
        limits,
        figures,
        temporal.client(),
        notices,
        Map.of(
            Routing.IN_PROCESS_POOL,
            properties.dispatch().inProcess(),
            Routing.FUNCTIONS_POOL,
            properties.dispatch().inProcess()), // All that is done with them is to refuse them.
        properties.dispatch().container());
  }

  @Bean
  Routing routing(ServiceProperties properties) {
    return properties.routing().rules();
  }

  @Bean
  RecordActivities recordActivities(
      Admissions admissions,
      KnownResults known,
      Conclusions conclusions,
      Contracts contracts,
      Routing routing,
      InstantSource clock,
      Dispatcher dispatcher) {
    return new RecordActivities(
        admissions,
        known,
        conclusions,
        contracts,
        routing,
        clock,
        status -> dispatcher.slotFreed());
  }

  @Bean
  OtherTask otherTask(TaskChecks checks, CheckPins pins, CheckStart start) {
    return new OtherTask(checks, pins, start);
  }

  @Bean
  CheckRound checkRound(
      Admissions admissions,
      Conclusions conclusions,
      Checks checks,
      Contracts contracts,
      Artifacts artifacts,
      OtherTask others,
      CheckProperties properties,
      Dispatcher dispatcher) {
    return new CheckRound(
        admissions,
        conclusions,
        checks,
        contracts,
        artifacts,
        others,
        properties.addresses(),
        status -> dispatcher.slotFreed());
  }

  @Bean
  EndCounter endCounter(MeterRegistry metrics) {
    return new EndCounter(metrics);
  }

  @Bean
  HeapBudget heapOfGuests(ServiceProperties properties) {
    return new HeapBudget((long) properties.dispatch().javascriptHeapMib() << 20);
  }

  @Bean
  JavascriptSandbox javascript(HeapBudget heapOfGuests) {
    return new JavascriptSandbox(heapOfGuests);
  }

  @Bean
  WasmSandbox wasm(HeapBudget heapOfGuests) {
    return new WasmSandbox(heapOfGuests);
  }

  @Bean
  InProcessAttempt inProcessAttempt(
      Admissions admissions,
      Attempts attempts,
      Contracts contracts,
      Bundles bundles,
      JavascriptSandbox javascript,
      WasmSandbox wasm,
      InstantSource clock) {
    return new InProcessAttempt(
        admissions,
        attempts,
        contracts,
        bundles,
        runtime -> runtime == TaskRuntime.WASM ? wasm : javascript,
        ProcessName.get(),
        clock);
  }

  @Bean
  RecordedAttempt recordedAttempt(Admissions admissions, Attempts attempts, Contracts contracts) {
    return new RecordedAttempt(admissions, attempts, contracts, ProcessName.get());
  }

  @Bean(destroyMethod = "")
  CoreWorker coreWorker(
      TemporalConnection temporal,
      RecordActivities record,
      InProcessAttempt inProcess,
      CheckRound checks,
      BatchActivities batches,
      RecordedAttempt recorder) {
    return new CoreWorker(temporal.client(), record, inProcess, checks, batches, recorder);
  }

  @Bean(destroyMethod = "")
  Relay relay(Outbox outbox, Commands commands, TemporalConnection temporal, Notices notices) {
    return new Relay(outbox, commands, temporal.client(), notices);
  }

  @Bean(destroyMethod = "")
  Reconciler reconciler(
      Stale stale, Repairs repairs, TemporalConnection temporal, RecordActivities record) {
    return new Reconciler(stale, repairs, temporal.client(), record, RECONCILED_AFTER);
  }

  @Bean(destroyMethod = "")
  Upkeep upkeep(
      Dispatch dispatch,
      Events events,
      KnownResults known,
      Dispatcher dispatcher,
      ExecutorWorkers executors,
      DryRuns dryRuns,
      InstantSource clock) {
    return new Upkeep(dispatch, events, known, dispatcher, executors, dryRuns, clock);
  }

  @Bean
  MasterKeyFile masterKeyFile(MasterKeys keys, ServiceProperties properties) {
    String file = properties.secrets().keyFile();
    return new MasterKeyFile(
        keys, file.isEmpty() ? properties.data().resolve("keys/secrets.key") : Path.of(file));
  }

  @Bean
  FirstSteps firstSteps(FirstKeys keys, MasterKeyFile masterKey, Upkeep upkeep) {
    return new FirstSteps(keys, masterKey, upkeep);
  }

  @Bean
  CoreRole coreRole(
      CoreWorker worker,
      Dispatcher dispatcher,
      Relay relay,
      Reconciler reconciler,
      Upkeep upkeep,
      FileUpkeep files,
      ServiceProperties properties) {
    return new CoreRole(
        worker, dispatcher, relay, reconciler, upkeep, files, properties.has(Role.CORE));
  }

  @Bean
  ExecutorRole executorRole(
      ServiceProperties properties,
      TemporalConnection temporal,
      MeterRegistry metrics,
      Environment environment) {
    String port = environment.getProperty("server.port", "8080");
    String url = "http://127.0.0.1:" + port;
    return new ExecutorRole(
        ExecutorSettings.of(properties, url),
        temporal.client(),
        metrics,
        properties.has(Role.EXECUTOR));
  }

  @Bean
  LimitGauges limitGauges(Waits waits, MeterRegistry metrics, ServiceProperties properties) {
    return new LimitGauges(waits, metrics, properties.has(Role.CORE));
  }

  @Bean
  PoolGauges poolGauges(Pools pools, MeterRegistry metrics, ServiceProperties properties) {
    return new PoolGauges(pools, metrics, properties.has(Role.CORE));
  }
}
