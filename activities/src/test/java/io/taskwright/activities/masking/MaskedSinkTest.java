package io.taskwright.activities.masking;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.model.secret.SecretValue;
import io.taskwright.sandbox.RunSink;
import io.taskwright.sandbox.RunSink.Source;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class MaskedSinkTest {
  private final List<String> said = new ArrayList<>();
  private final RunSink next =
      new RunSink() {
        @Override
        public void log(Source source, String line) {
          said.add(source == Source.STDOUT ? line : source + " " + line);
        }

        @Override
        public void progress(double fraction, String message) {
          said.add(fraction + " " + message);
        }

        @Override
        public void awaitCounting() {
          // Nobody else could have taken it over.
        }
      };

  private MaskedSink sink(String... secrets) {
    return Masking.of(List.of(secrets).stream().map(SecretValue::new).toList()).before(next);
  }

  private static void say(MaskedSink sink, String... lines) {
    for (String line : lines) {
      sink.log(Source.STDOUT, line);
    }
  }

  @Test
  void linesGoOnAtOnceIfNothingSecretBeginsInThem() {
    MaskedSink sink = sink("0123456789");
    say(sink, "one", "two 012", "three 0123456789 3");
    assertThat(said).containsExactly("one", "two 012", "three *** 3");
  }

  @Test
  void aLineWaitsWhileASecretMayGoOnInTheNext() {
    MaskedSink sink = sink("0123\n456789");
    say(sink, "a 0123");
    assertThat(said).isEmpty();
    say(sink, "456789 b", "c");
    assertThat(said).containsExactly("a ***", "*** b", "c");
    say(sink, "a 01234");
    say(sink, "5 was none");
    assertThat(said).containsExactly("a ***", "*** b", "c", "a 01234", "5 was none");
  }

  @Test
  void whatWasCutOffAtTheEndIsHidden() {
    MaskedSink sink = sink("0123456789");
    say(sink, "a 01234");
    assertThat(said).isEmpty();
    sink.finish();
    sink.finish();
    assertThat(said).containsExactly("a ***");
  }

  @Test
  void eachSourceIsATextOfItsOwn() {
    MaskedSink sink = sink("01234567");
    sink.log(Source.STDOUT, "0123");
    sink.log(Source.STDERR, "4567");
    sink.log(Source.STDOUT, "4567");
    sink.finish();
    assertThat(said).containsExactlyInAnyOrder("STDERR 4567", "***", "***");
  }

  @Test
  void progressIsMasked() {
    sink("0123456789").progress(0.5, "at 0123456789 and 01234");
    assertThat(said).containsExactly("0.5 at *** and ***");
  }

  @Test
  void allGoesThroughAtOnceWhereNothingIsSecret() {
    MaskedSink sink = sink();
    say(sink, "one", "two");
    sink.progress(1, "done");
    sink.finish();
    assertThat(said).containsExactly("one", "two", "1.0 done");
  }

  @Test
  void nothingGoesThroughOnceMaskingIsBroken() {
    MaskedSink sink =
        new MaskedSink(
            Masking.of(List.of(new SecretValue("0123456789"))),
            new RunSink() {
              @Override
              public void log(Source source, String line) {
                if (line.equals("break")) {
                  throw new IllegalStateException();
                }
                next.log(source, line);
              }

              @Override
              public void progress(double fraction, String message) {
                next.progress(fraction, message);
              }

              @Override
              public void awaitCounting() {
                // Nobody else could have taken it over.
              }
            });
    say(sink, "one", "break", "two");
    sink.progress(1, "three");
    sink.finish();
    assertThat(said).hasSize(2).first().isEqualTo("one");
    assertThat(said.getLast()).startsWith("SYSTEM").contains("withheld");
  }

  private static String text(Random random, int length, String characters) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(characters.charAt(random.nextInt(characters.length())));
    }
    return text.toString();
  }

  /** However a text is cut into lines and pieces, no secret that stood in it comes out. */
  @RepeatedTest(300)
  void noSecretComesOutHoweverTheTextIsCut(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    List<String> secrets = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(4); i++) {
      secrets.add(text(random, 8 + random.nextInt(60), "abAB01+/=%\\ \né"));
    }
    secrets.removeIf(secret -> SecretValue.flaw(secret).isPresent());
    secrets.add("secret-" + repetition.getCurrentRepetition());
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < 30; i++) {
      String secret = secrets.get(random.nextInt(secrets.size()));
      all.append(text(random, random.nextInt(20), "xyz \n%\\ab0"));
      all.append(
          random.nextBoolean()
              ? secret
              : Base64.getMimeEncoder(76, new byte[] {'\n'})
                  .encodeToString(secret.getBytes(StandardCharsets.UTF_8)));
    }
    MaskedSink sink = sink(secrets.toArray(String[]::new));
    say(sink, all.toString().split("\n", -1));
    sink.finish();
    String out = String.join("\n", said).replace("\n", "");
    for (String secret : secrets) {
      String form = Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8));
      assertThat(out).doesNotContain(secret.replace("\n", "")).doesNotContain(form);
    }
    assertThat(said).hasSameSizeAs(all.toString().split("\n", -1));
  }

  @Test
  void aSecretAcrossPiecesOfALongLineIsHidden() {
    String secret = "0123456789";
    for (int cut = 1; cut < secret.length(); cut++) {
      said.clear();
      MaskedSink sink = sink(secret);
      String line = "x".repeat((64 << 10) - cut) + secret + "yyy";
      say(sink, line.substring(0, 64 << 10), line.substring(64 << 10), "z");
      sink.finish();
      assertThat(String.join("", said)).doesNotContainPattern("[0-9]").contains("***", "yyy", "z");
      assertThat(said).hasSize(3);
    }
  }

  /** Whatever a program says, looking at it takes time in proportion to it. */
  @Test
  void theWorstTextsAreMaskedInLinearTime() {
    MaskedSink sink = sink("a".repeat(60_000) + "b", "a".repeat(4_000), "%".repeat(3_000));
    for (int i = 0; i < 300; i++) {
      say(sink, "a".repeat(60_000), "%".repeat(10_000), "\\".repeat(10_000) + "u");
    }
    sink.finish();
    assertThat(said).hasSize(900);
  }

  @Test
  void handsOnTheQuestionWhetherTheRunCounts() throws InterruptedException {
    AtomicInteger asked = new AtomicInteger();
    RunSink next =
        new RunSink() {
          @Override
          public void log(Source source, String line) {}

          @Override
          public void progress(double fraction, String message) {}

          @Override
          public void awaitCounting() {
            asked.incrementAndGet();
          }
        };
    Masking.NONE.before(next).awaitCounting();
    Masking.of(List.of(new SecretValue("hunter22"))).before(next).awaitCounting();
    assertThat(asked).hasValue(2);
  }
}
