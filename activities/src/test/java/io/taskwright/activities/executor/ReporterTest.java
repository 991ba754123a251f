package io.taskwright.activities.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwright.activities.SaidSink;
import io.taskwright.activities.masking.Masking;
import io.taskwright.model.protocol.AttemptAnswer;
import io.taskwright.model.protocol.ProgressReport;
import io.taskwright.model.protocol.Said;
import io.taskwright.sandbox.RunEnd;
import io.taskwright.sandbox.RunSink;
import io.taskwright.sandbox.Usage;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReporterTest {
  private static final RunEnd END = new RunEnd.Returned("1", Usage.NONE);

  private final FakeServiceApi api =
      new FakeServiceApi(new AttemptAnswer(AttemptAnswer.State.OVER, null, null), new byte[0]);
  private final SaidSink sink = new SaidSink(InstantSource.fixed(Instant.EPOCH));
  private final Reporter reporter = new Reporter(api, "token", sink, Masking.NONE);

  private void say(String line) {
    sink.log(RunSink.Source.STDOUT, line);
  }

  private List<String> reported() {
    return api.reports.stream()
        .flatMap(report -> report.said().stream())
        .map(Said::message)
        .toList();
  }

  @Test
  void sendsWhatWasNotDeliveredAgainUnderItsNumber() {
    say("first");
    api.away.set(1);
    reporter.flush();
    say("second");
    reporter.flush();
    assertThat(api.reports).extracting(ProgressReport::number).containsExactly(1L, 2L);
    assertThat(reported()).containsExactly("first", "second");
  }

  @Test
  void deliversTheRestWithTheEnd() throws Exception {
    say("first");
    reporter.flush();
    say("last");
    assertThat(reporter.end(END, "here").accepted()).isTrue();
    assertThat(api.ends)
        .singleElement()
        .satisfies(end -> {
          assertThat(end.number()).isEqualTo(2);
          assertThat(end.said()).extracting(Said::message).containsExactly("last");
        });
  }

  @Test
  void doesNotEndBeforeWhatIsUnderWayWasDelivered() throws Exception {
    say("first");
    api.away.set(2);
    reporter.flush();
    assertThatThrownBy(() -> reporter.end(END, "here")).isInstanceOf(IOException.class);
    assertThat(api.ends).isEmpty();
    reporter.end(END, "here");
    assertThat(reported()).containsExactly("first");
    assertThat(api.ends).hasSize(1);
  }

  @Test
  void sendsTooMuchForOneEndBefore() throws Exception {
    api.away.set(1);
    IntStream.range(0, 5_000).forEach(i -> say("line " + i));
    reporter.flush();
    reporter.end(END, "here");
    assertThat(reported()).hasSize(5_000);
    assertThat(api.ends.getFirst().said()).isEmpty();
  }

  @Test
  void anEndAfterAnotherAttemptTookOverDoesNotCount() throws Exception {
    say("first");
    api.away.set(1);
    reporter.flush();
    api.fenced = true;
    assertThat(reporter.end(END, "here").accepted()).isFalse();
    assertThat(reporter.fencedOff()).isTrue();
    assertThat(api.ends).isEmpty();
  }
}
