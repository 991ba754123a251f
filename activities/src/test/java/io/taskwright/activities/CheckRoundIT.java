package io.taskwright.activities;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.taskwright.activities.check.CheckRound;
import io.taskwright.activities.check.OtherTask;
import io.taskwright.model.ByteSize;
import io.taskwright.model.ExecutionId;
import io.taskwright.model.Project;
import io.taskwright.model.definition.ResourceRequirements;
import io.taskwright.model.definition.RetryPolicy;
import io.taskwright.model.execution.CacheUse;
import io.taskwright.model.execution.Origin;
import io.taskwright.model.execution.Routing;
import io.taskwright.model.execution.Status;
import io.taskwright.model.file.FilePattern;
import io.taskwright.model.file.OutputFiles;
import io.taskwright.sandbox.egress.AddressRange;
import io.taskwright.sandbox.egress.Addresses;
import io.taskwright.store.Ids;
import io.taskwright.store.blob.BlobStores;
import io.taskwright.store.blob.Blobs;
import io.taskwright.store.blob.Spooled;
import io.taskwright.store.catalogue.CheckPins;
import io.taskwright.store.catalogue.TaskVersion;
import io.taskwright.store.catalogue.VersionName;
import io.taskwright.store.execution.Attempts.End;
import io.taskwright.store.execution.Attempts.Open;
import io.taskwright.store.execution.CheckStart.Made;
import io.taskwright.store.execution.Checks;
import io.taskwright.store.execution.Commands.Order;
import io.taskwright.store.execution.Commands.Reply;
import io.taskwright.store.execution.Events;
import io.taskwright.store.execution.ExecutionToken;
import io.taskwright.store.execution.NewExecution;
import io.taskwright.store.execution.Outbox;
import io.taskwright.store.execution.TaskChecks;
import io.taskwright.store.file.Artifacts;
import io.taskwright.store.file.Handing;
import io.taskwright.workflows.contract.CheckActivity.Checked;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

class CheckRoundIT extends StoredTasks {
  private static final Addresses PUBLIC = new Addresses(List.of());
  private static final Addresses LOOPBACK =
      new Addresses(List.of(AddressRange.parse("127.0.0.0/8").orElseThrow()));
  private static final OutputFiles ASKED =
      new OutputFiles(List.of(new FilePattern("*.csv")), 2, new ByteSize(100));

  @Autowired Checks checks;
  @Autowired TaskChecks taskChecks;
  @Autowired CheckPins pins;
  @Autowired Outbox outbox;
  @Autowired Events events;
  @Autowired JdbcClient jdbc;
  @Autowired TransactionTemplate transaction;
  @TempDir Path folder;

  private final List<Status> ended = new ArrayList<>();
  private final AtomicInteger asked = new AtomicInteger();
  private Runnable whenAsked = () -> {};
  private Function<NewExecution, Made> starts = Made.Ready::new;
  private Artifacts artifacts;
  private HttpServer server;

  @BeforeEach
  void open() throws IOException {
    Blobs blobs = blobs();
    artifacts = new Artifacts(jdbc, blobs, events, Duration.ofDays(1));
    server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          int count = asked.incrementAndGet();
          whenAsked.run();
          String path = exchange.getRequestURI().getPath();
          byte[] body =
              (path.equals("/text") ? "ready" : "{\"ready\":" + (count > 1) + "}")
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(path.equals("/broken") ? 500 : 200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stopTheServer() {
    server.stop(0);
  }

  private Blobs blobs() {
    return new Blobs(
        jdbc, transaction, BlobStores.folder(folder.resolve("blobs")), folder.resolve("incoming"));
  }

  private OtherTask others() {
    return new OtherTask(taskChecks, pins, this::start);
  }

  private Made start(
      Project project, VersionName task, JsonNode input, Origin origin, int priority) {
    return starts.apply(
        new NewExecution(
            new ExecutionId(Ids.next()),
            project,
            task.task(),
            task.name(),
            task.number(),
            Routing.IN_PROCESS_POOL,
            priority,
            input.toString(),
            Map.of(),
            origin,
            null,
            Duration.ofHours(1),
            null,
            false,
            List.of(),
            CacheUse.BYPASS));
  }

  private CheckRound round(Addresses allowed) {
    return new CheckRound(
        admissions, conclusions, checks, contracts(), artifacts, others(), allowed, ended::add);
  }

  private Checked check(Addresses allowed, ExecutionId id) {
    return round(allowed).check(id.toString());
  }

  private Duration patience(ExecutionId id) {
    return round(LOOPBACK).patience(id.toString());
  }

  private Checked check(ExecutionId id) {
    return check(LOOPBACK, id);
  }

  private ExecutionId admitted(String checks) {
    ExecutionId id =
        dispatched(
            task(
                "{'name':'checked','automated':{'runtime':'javascript','source':'.'},'checks':["
                    + checks
                    + "]}"),
            "{\"n\":3}");
    new RecordActivities(
            admissions,
            known,
            conclusions,
            contracts(),
            Routing.DEFAULT,
            InstantSource.system(),
            ended::add)
        .admit(id.toString());
    return id;
  }

  /** An execution whose work left report.csv with five bytes and gave the output 7. */
  private ExecutionId worked(String checks) {
    ExecutionId id = admitted(checks);
    ExecutionToken token = ExecutionToken.fresh(id);
    attempts.open(token, RetryPolicy.DEFAULT, ResourceRequirements.DEFAULT, "w");
    Open attempt = attempts.find(token).orElseThrow();
    try (Spooled bytes = blobs().receive(new ByteArrayInputStream(new byte[5]), 100)) {
      assertThat(artifacts.hand(attempt, "report.csv", "text/csv", bytes, ASKED))
          .isEqualTo(Handing.KEPT);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    attempts.end(attempt, 1, List.of(), new End("7", null, null, "x"));
    return id;
  }

  private String http(String path, String more) {
    return "{'http':{'url':'http://127.0.0.1:"
        + server.getAddress().getPort()
        + path
        + "'"
        + more
        + "}}";
  }

  private void assertFails(ExecutionId id, String... said) {
    assertThat(check(id)).isEqualTo(Checked.ENDED);
    assertThat(ended).containsExactly(Status.FAILED);
    assertThat(detail(id).execution().failure()).contains("CHECK_FAILED").contains(said);
  }

  private Order order(ExecutionId id) {
    return new Order(MINE, id, ADA, "never mind");
  }

  @Test
  void passesWhenTheFilesAreThere() {
    ExecutionId id = worked("{'artifact':'*.csv','maxBytes':'5'},{'artifact':'report.csv'}");
    assertThat(check(id)).isEqualTo(Checked.PASSED);
    assertThat(ended).isEmpty();
    assertThat(events.after(id, 0, 100).stream().filter(event -> event.type().equals("check")))
        .hasSize(2);
  }

  @Test
  void failsWhenFilesAreMissing() {
    assertFails(worked("{'artifact':'*.csv','atLeast':2}"), "/checks/0", "there are 1");
  }

  @Test
  void failsWhenAFileIsTooLarge() {
    assertFails(worked("{'artifact':'*.csv','maxBytes':'4'}"), "report.csv has 5 bytes");
  }

  @Test
  void asksAgainUntilTheAnswerIsAsWanted() {
    String expect = ",'expect':'response.body.ready && output == 7','within':'PT60S'";
    assertThat(check(worked(http("/", expect)))).isEqualTo(Checked.PASSED);
    assertThat(asked).hasValue(2);
  }

  @Test
  void passesWhenTheStatusIsEnough() {
    assertThat(check(worked(http("/broken", ",'status':[500]")))).isEqualTo(Checked.PASSED);
  }

  @Test
  void failsWhenTheStatusIsAnotherOne() {
    assertFails(worked(http("/broken", ",'within':'PT1S'")), "it answered 500");
  }

  @Test
  void failsWhenTheExpectationIsFalse() {
    String expect = ",'expect':'output == 8','within':'PT1S'";
    assertFails(worked(http("/", expect)), "of its answer 200", "output == 8");
  }

  @Test
  void takesABodyThatIsNoJsonForText() {
    String expect = ",'expect':'size(response.body) == 5','within':'PT1S'";
    assertThat(check(worked(http("/text", expect)))).isEqualTo(Checked.PASSED);
  }

  @Test
  void asksNothingOfThisHostUnlessItIsOpened() {
    ExecutionId id = worked(http("/", ",'within':'PT60S'"));
    assertThat(check(PUBLIC, id)).isEqualTo(Checked.ENDED);
    assertThat(detail(id).execution().failure()).contains("taskwright.checks.open-ranges");
    assertThat(asked).hasValue(0);
  }

  @Test
  void checksNothingThatIsHeld() {
    ExecutionId id = worked("{'artifact':'*.txt'}");
    commands.pause(order(id));
    assertThat(check(id)).isEqualTo(Checked.HELD);
    assertThat(ended).isEmpty();
  }

  @Test
  void failsNothingThatWasHeldWhileItWasChecked() {
    ExecutionId id = worked(http("/broken", ",'within':'PT1S'"));
    whenAsked = () -> commands.pause(order(id));
    assertThat(check(id)).isEqualTo(Checked.HELD);
    assertThat(detail(id).execution().status()).isEqualTo(Status.PAUSED);
  }

  @Test
  void cancelsWhatWasToBeCancelledWhileItWasChecked() {
    ExecutionId id = worked(http("/broken", ",'within':'PT1S'"));
    whenAsked = () -> commands.cancel(order(id));
    assertThat(check(id)).isEqualTo(Checked.ENDED);
    assertThat(ended).containsExactly(Status.CANCELLED);
  }

  @Test
  void checksNothingThatHasEnded() {
    ExecutionId id = worked("{'artifact':'*.txt'}");
    commands.terminate(order(id));
    assertThat(check(id)).isEqualTo(Checked.ENDED);
    assertThat(check(new ExecutionId(Ids.next()))).isEqualTo(Checked.ENDED);
    assertThat(ended).isEmpty();
  }

  @Test
  void checksNothingWithoutAnOutput() {
    assertThat(check(admitted("{'artifact':'*.txt'}"))).isEqualTo(Checked.NOTHING_DONE);
  }

  @Test
  void refusesWhatIsNoId() {
    CheckRound round =
        new CheckRound(
            admissions, conclusions, checks, contracts(), artifacts, others(), PUBLIC, ended::add);
    assertThatThrownBy(() -> round.check("nonsense"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nonsense");
  }

  /** An execution whose work gave 7, checked by a task of this name. */
  private ExecutionId workedFor(TaskVersion by, String more) {
    return worked("{'task':{'name':'" + by.name() + "'" + more + "}}");
  }

  private TaskVersion checker() {
    return task("{'name':'checker','automated':{'runtime':'javascript','source':'.'}}");
  }

  private ExecutionId child(ExecutionId parent) {
    return taskChecks.last(parent).orElseThrow().child();
  }

  private void complete(ExecutionId id, String output) {
    ExecutionToken token = ExecutionToken.fresh(id);
    dispatch.claim(Map.of(Routing.IN_PROCESS_POOL, 1_000), 0, Duration.ofSeconds(30));
    attempts.open(token, RetryPolicy.DEFAULT, ResourceRequirements.DEFAULT, "w");
    attempts.end(
        attempts.find(token).orElseThrow(), 1, List.of(), new End(output, null, null, "x"));
    assertThat(conclusions.complete(id)).isTrue();
  }

  private List<Outbox.Kind> letters(ExecutionId id) {
    return outbox.take(100, Duration.ZERO).stream()
        .filter(letter -> letter.execution().equals(id))
        .map(Outbox.Letter::kind)
        .toList();
  }

  private String status(ExecutionId id) {
    return detail(id).execution().status().name();
  }

  @Test
  void waitsForTheTaskThatChecksAndBeginsItOnce() {
    TaskVersion by = checker();
    ExecutionId id = workedFor(by, ",'input':{'of':'output + input.n','id':'execution.id'}");
    assertThat(check(id)).isEqualTo(Checked.WAITING);
    assertThat(check(id)).isEqualTo(Checked.WAITING);

    assertThat(status(id)).isEqualTo("WAITING");
    assertThat(detail(id).execution().waitingFor()).isEqualTo("check by " + by.name());
    ExecutionId child = child(id);
    assertThat(detail(child).execution().parent()).isEqualTo(id);
    assertThat(detail(child).execution().origin()).contains("check", id.toString(), "ada");
    assertThat(detail(child).execution().input()).isEqualTo("{\"id\":\"" + id + "\",\"of\":10}");
    assertThat(
            jdbc.sql("select count(*) from execution where parent = ?")
                .param(id.value())
                .query(Integer.class)
                .single())
        .isEqualTo(1);

    complete(child, "true");
    assertThat(letters(id)).containsExactly(Outbox.Kind.CHECK_ENDED);
    assertThat(check(id)).isEqualTo(Checked.PASSED);
    assertThat(check(id)).isEqualTo(Checked.PASSED);
    assertThat(status(id)).isEqualTo("RUNNING");
    assertThat(events.after(id, 0, 100).stream().filter(event -> event.type().equals("check")))
        .singleElement()
        .satisfies(event -> assertThat(event.data()).contains(child.toString(), "true"));
  }

  @Test
  void looksAgainAfterAMinuteOrWhenTheTimeIsOver() {
    ExecutionId soon = workedFor(checker(), ",'within':'PT10S'");
    ExecutionId late = workedFor(checker(), ",'within':'PT1H'");
    assertThat(patience(soon)).isEqualTo(Duration.ofSeconds(1)); // nothing was begun

    assertThat(check(soon)).isEqualTo(Checked.WAITING);
    assertThat(check(late)).isEqualTo(Checked.WAITING);

    assertThat(patience(soon)).isBetween(Duration.ofSeconds(1), Duration.ofMillis(10_100));
    assertThat(patience(late)).isEqualTo(Duration.ofMinutes(1));
    assertThat(patience(new ExecutionId(Ids.next()))).isLessThan(Duration.ofMinutes(1));
  }

  @Test
  void failsByWhatTheTaskGives() {
    ExecutionId id = workedFor(checker(), ",'expect':'result.ok'");
    check(id);
    complete(child(id), "{\"ok\":false}");
    assertFails(id, "/checks/0", "result.ok", "the expression is false", child(id).toString());
    assertThat(letters(child(id))).isEmpty();
  }

  @Test
  void failsByHowTheTaskEnds() {
    ExecutionId id = workedFor(checker(), "");
    check(id);
    commands.terminate(order(child(id)));
    assertFails(id, "ended CANCELLED", child(id).toString());
  }

  @Test
  void failsAndCallsTheTaskOffWhenItsTimeIsOver() {
    ExecutionId id = workedFor(checker(), ",'within':'PT1S'");
    check(id);
    Awaitility.await().until(() -> taskChecks.last(id).orElseThrow().late());
    assertFails(id, "had not ended by then", "within PT1S");
    assertThat(letters(child(id))).containsExactly(Outbox.Kind.CALL_OFF);
  }

  @Test
  void callsTheTaskOffWhateverEndsTheExecution() {
    for (Function<Order, Reply> command :
        List.<Function<Order, Reply>>of(
            commands::cancel, commands::terminate, order -> commands.skip(order, "1"))) {
      ExecutionId id = workedFor(checker(), "");
      check(id);
      assertThat(command.apply(order(id))).isInstanceOf(Reply.Done.class);
      assertThat(letters(child(id))).containsExactly(Outbox.Kind.CALL_OFF);
      assertThat(check(id)).isEqualTo(Checked.ENDED);
    }
  }

  @Test
  void decidesNothingOfWhatIsPausedWhileTheTaskGoesOn() {
    ExecutionId id = workedFor(checker(), "");
    check(id);
    commands.pause(order(id));
    complete(child(id), "1");
    assertThat(check(id)).isEqualTo(Checked.HELD);
    assertThat(taskChecks.last(id).orElseThrow().decision()).isEmpty();
    commands.resume(order(id));
    assertThat(detail(id).execution().waitingFor()).startsWith("check by ");
    assertThat(check(id)).isEqualTo(Checked.PASSED);
  }

  @Test
  void beginsNothingForWhatIsToEnd() {
    ExecutionId id = workedFor(checker(), "");
    commands.cancel(order(id));
    assertThat(check(id)).isEqualTo(Checked.ENDED);
    assertThat(ended).containsExactly(Status.CANCELLED);
    assertThat(taskChecks.last(id)).isEmpty();
  }

  @Test
  void goesOnAfterATaskWithWhatFollows() {
    TaskVersion by = checker();
    ExecutionId id =
        worked(
            http("/", "")
                + ",{'task':{'name':'"
                + by.name()
                + "'}},{'task':{'name':'"
                + by.name()
                + "'}},{'artifact':'none'}");
    assertThat(check(id)).isEqualTo(Checked.WAITING);
    ExecutionId first = child(id);
    complete(first, "1");
    assertThat(check(id)).isEqualTo(Checked.WAITING);
    assertThat(child(id)).isNotEqualTo(first);
    assertThat(asked).hasValue(1);
    complete(child(id), "1");
    assertFails(id, "/checks/3");
  }

  @Test
  void failsWhatTheTaskCannotBeStartedWith() {
    ExecutionId id = workedFor(checker(), ",'input':{'a':'input.gone'}");
    assertFails(id, "'a' of its input could not be made");
    ended.clear();
    starts = execution -> new Made.Unfit("its input is wrong");
    assertFails(workedFor(checker(), ""), "could not be started: its input is wrong");
  }

  @Test
  void pinsTheVersionThatIsNewestAtPublish() {
    TaskVersion by = checker();
    ExecutionId id = workedFor(by, "");
    catalogue.revise(MINE, by.task(), 1, by.definition(), "ada");
    check(id);
    assertThat(detail(child(id)).execution().taskVersion()).isEqualTo(1);
  }
}
