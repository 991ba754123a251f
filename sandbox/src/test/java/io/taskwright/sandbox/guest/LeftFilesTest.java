package io.taskwright.sandbox.guest;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.model.ByteSize;
import io.taskwright.model.execution.FailureCode;
import io.taskwright.model.file.FilePattern;
import io.taskwright.model.file.OutputFiles;
import io.taskwright.sandbox.RunEnd;
import io.taskwright.sandbox.RunSink;
import io.taskwright.sandbox.Usage;
import io.taskwright.sandbox.conformance.Told;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is made of a warden's words about files, also when somebody else has taken its place. */
class LeftFilesTest {
  private static final OutputFiles ASKED =
      new OutputFiles(List.of(new FilePattern("*.txt")), 2, new ByteSize(10));
  private static final RunEnd WELL = new RunEnd.Returned("1", Usage.NONE);

  private final Told told = new Told();
  private final LeftFiles files = new LeftFiles(ASKED, told);

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void file(String path, String content) {
    files.begin(bytes(path));
    files.data(bytes(content));
  }

  private void rejected(String reason) {
    files.finish();
    assertThat(files.judge(WELL))
        .isInstanceOfSatisfying(
            RunEnd.Failed.class,
            failed -> {
              assertThat(failed.failure().code()).isEqualTo(FailureCode.ARTIFACT_REJECTED);
              assertThat(failed.failure().message()).contains(reason);
            });
  }

  @Test
  void handsOnWhatWasAskedFor() {
    file("a.txt", "12");
    files.data(bytes("34"));
    file("b.txt", "");
    files.finish();
    assertThat(files.judge(WELL)).isEqualTo(WELL);
    assertThat(told.files()).containsOnlyKeys("a.txt", "b.txt");
    assertThat(told.files().get("a.txt")).asString(StandardCharsets.UTF_8).isEqualTo("1234");
    assertThat(told.system()).containsExactly("2 files were left, of 4 bytes together");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.csv", "../a.txt", "/a.txt", "x/a.txt", "a\n.txt", "-a.txt", ".a.txt"})
  void takesNoOtherNames(String path) {
    file(path, "x");
    rejected("cannot be kept");
    assertThat(told.files()).isEmpty();
  }

  @Test
  void takesNoNameThatIsNoText() {
    files.begin(new byte[] {(byte) 0xff, '.', 't', 'x', 't'});
    rejected("UTF-8");
  }

  @Test
  void takesNoFileTwice() {
    file("a.txt", "1");
    file("a.txt", "2");
    rejected("twice");
  }

  @Test
  void takesNoMoreFilesThanThat() {
    file("a.txt", "");
    file("b.txt", "");
    file("c.txt", "");
    rejected("the 2 files");
  }

  @Test
  void takesNoMoreBytesThanThatWhateverTheWardenCounted() {
    file("a.txt", "12345");
    file("b.txt", "123456");
    rejected("10 of outputFileLimits.size");
    assertThat(told.files().get("b.txt")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 127, -1})
  void saysWhyTheWardenRefusedAFile(int reason) {
    byte[] said = bytes(" out.txt");
    said[0] = (byte) reason;
    files.refused(said);
    file("later.txt", "x");
    rejected("\"out.txt\"");
    assertThat(told.files()).isEmpty();
  }

  @Test
  void livesWithARefusalOfNothing() {
    files.refused(new byte[0]);
    rejected("unknown reason");
  }

  @Test
  void blamesTheExecutorWhenItCannotKeepThem() {
    LeftFiles unkept =
        new LeftFiles(
            ASKED,
            new RunSink() {
              @Override
              public void log(Source source, String line) {}

              @Override
              public void progress(double fraction, String message) {}

              @Override
              public void awaitCounting() {
                // Nobody else could have taken it over.
              }
            });
    unkept.begin(bytes("a.txt"));
    unkept.data(bytes("x"));
    unkept.finish();
    assertThat(unkept.judge(WELL))
        .isInstanceOfSatisfying(
            RunEnd.Failed.class,
            failed -> assertThat(failed.failure().code()).isEqualTo(FailureCode.ENVIRONMENT));
  }

  @Test
  void leavesEveryOtherEndAsItIs() {
    files.refused(bytes(" x"));
    RunEnd stopped = new RunEnd.Stopped(Usage.NONE);
    assertThat(files.judge(stopped)).isEqualTo(stopped);
    RunEnd failed = new RunEnd.Failed(Failures.environment("gone"), Usage.NONE);
    assertThat(files.judge(failed)).isEqualTo(failed);
  }
}
