package io.taskwright.activities;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.taskwright.activities.check.CheckRound;
import io.taskwright.model.ByteSize;
import io.taskwright.model.ExecutionId;
import io.taskwright.model.definition.ResourceRequirements;
import io.taskwright.model.definition.RetryPolicy;
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
import io.taskwright.store.execution.Attempts.End;
import io.taskwright.store.execution.Attempts.Open;
import io.taskwright.store.execution.Checks;
import io.taskwright.store.execution.Commands.Order;
import io.taskwright.store.execution.Events;
import io.taskwright.store.execution.ExecutionToken;
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
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

class CheckRoundIT extends StoredTasks {
  private static final Addresses PUBLIC = new Addresses(List.of());
  private static final Addresses LOOPBACK =
      new Addresses(List.of(AddressRange.parse("127.0.0.0/8").orElseThrow()));
  private static final OutputFiles ASKED =
      new OutputFiles(List.of(new FilePattern("*.csv")), 2, new ByteSize(100));

  @Autowired Checks checks;
  @Autowired Events events;
  @Autowired JdbcClient jdbc;
  @Autowired TransactionTemplate transaction;
  @TempDir Path folder;

  private final List<Status> ended = new ArrayList<>();
  private final AtomicInteger asked = new AtomicInteger();
  private Runnable whenAsked = () -> {};
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

  private Checked check(Addresses allowed, ExecutionId id) {
    return new CheckRound(
            admissions, conclusions, checks, contracts(), artifacts, allowed, ended::add)
        .check(id.toString());
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
        new CheckRound(admissions, conclusions, checks, contracts(), artifacts, PUBLIC, ended::add);
    assertThatThrownBy(() -> round.check("nonsense"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nonsense");
  }
}
