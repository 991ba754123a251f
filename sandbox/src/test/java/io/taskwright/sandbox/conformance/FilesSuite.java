package io.taskwright.sandbox.conformance;

import static io.taskwright.sandbox.conformance.ResultAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.model.execution.FailureCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files go in whole, and only plain files that were asked for come out. */
abstract class FilesSuite extends Suite {
  @TempDir Path folder = Path.of("");

  private static void refused(Trial.Result result, String path, String reason) {
    assertThat(result)
        .failed(FailureCode.ARTIFACT_REJECTED)
        .withDetail("path", path)
        .withMessage("cannot be kept", reason);
  }

  @Test
  void readsOutWhatWasAskedForAndNothingElse() {
    Trial.Result result =
        bash("""
        mkdir -p plots/deep .hidden
        printf 'a,b\\n' >report.csv
        : >empty.txt
        head -c 200000 /dev/zero | tr '\\0' x >plots/a.png
        echo b >plots/größe.png; echo c >plots/deep/c.png; echo d >plots/.d.png; echo e >other.csv
        echo '"well"' >"$TASK_OUTPUT"
        """)
            .keeps("report.csv", "plots/*.png", "empty.txt", "none-*.csv")
            .run();
    assertThat(result).returned("\"well\"");
    assertThat(result.told().files())
        .containsOnlyKeys("empty.txt", "plots/a.png", "plots/größe.png", "report.csv")
        .containsEntry("report.csv", "a,b\n".getBytes(StandardCharsets.UTF_8))
        .containsEntry("empty.txt", new byte[0]);
    assertThat(result.told().files().get("plots/a.png")).hasSize(200_000).containsOnly('x');
    assertThat(result.told().system())
        .contains("4 files were left, of 200006 bytes together", "no file was left for none-*.csv");
  }

  @Test
  void findsFilesInAllFoldersButHiddenOnes() {
    Trial.Result result =
        bash("mkdir -p a/b .git x; ln -s a latest; touch a/b/1.txt a/2.txt 3.txt .git/4.txt x/5.md")
            .keeps("**/*.txt", "x/**")
            .run();
    assertThat(result).returned("null");
    assertThat(result.told().files()).containsOnlyKeys("a/b/1.txt", "a/2.txt", "3.txt", "x/5.md");
  }

  @Test
  void readsOutNothingOfAProgramThatFailed() {
    Trial.Result result = bash("echo x >report.csv; exit 3").keeps("report.csv").run();
    assertThat(result).failed(FailureCode.CODE_ERROR);
    assertThat(result.told().files()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ln -s /etc/passwd report.csv | report.csv | symbolic link
          ln -s /proc/self/environ report.csv | report.csv | symbolic link
          ln -s /nowhere report.csv | report.csv | symbolic link
          echo x >a; ln a report.csv | report.csv | hard link
          mkfifo report.csv | report.csv | no regular file
          python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind("report.csv")' | report.csv | no regular file
          truncate -s 1T report.csv | report.csv | larger than the 8Mi
          head -c 9M /dev/zero >report.csv | report.csv | larger than the 8Mi
          head -c 5M /dev/zero >plots-1; head -c 5M /dev/zero >plots-2 | plots- | larger than the 8Mi
          for i in $(seq 30); do : >plots-$i; done | plots- | the 20 files
          ln -s /etc plots | plots | symbolic link
          mkdir real; touch real/a.png; ln -s real plots | plots | symbolic link
          mkdir /task/w2; mv /task/work /task/old; ln -s /etc /task/work | . | symbolic link
          touch report.csv; chmod 000 report.csv | report.csv | cannot be read
          mkdir plots; touch plots/a.png; chmod 000 plots | plots | cannot be read
          python3 -c 'open("odd-" + chr(10), "w")' | odd- | the character U+000A
          python3 -c 'open("odd-" + chr(32), "w")' | odd- | ends with a space
          python3 -c 'open("odd-" + chr(92), "w")' | odd- | U+005C
          python3 -c 'open(b"odd-" + bytes([255]), "w")' | odd- | UTF-8
          touch odd-$(printf 'x%.0s' $(seq 240)) | odd- | longer than 240
          d=deep; for i in $(seq 20); do d=$d/d; done; mkdir -p $d; touch $d/x | deep/ | too deep
          """)
  void refusesWhatIsNoPlainFile(String script, String path, String reason) {
    Trial.Result result =
        bash(script).keeps("report.csv", "plots/*.png", "plots-*", "odd-*", "deep/**").run();
    refused(result, path, reason);
  }

  @Test
  void endsTheFloodOfAHundredThousandFilesSoon() {
    refused(
        python("def main():\n  for i in range(100_000): open(f'f{i}', 'w').close()")
            .files(200_000)
            .memory(512)
            .keeps("f*")
            .run(),
        "f",
        "the 20 files");
  }

  @Test
  void takesAFileAsItStandsWhenNobodyCanWriteAnyMore() {
    Trial.Result result =
        bash("(while :; do echo x >>grows.txt; done) & sleep 0.3").keeps("grows.txt").run();
    assertThat(result).returned("null");
    assertThat(result.told().files()).containsOnlyKeys("grows.txt");
  }

  @Test
  void readsTheSameFromASparseFileAsAnybody() {
    Trial.Result result =
        bash("truncate -s 1M sparse; echo x >>sparse").keeps("sparse", "**/sparse").run();
    assertThat(result).returned("null");
    assertThat(result.told().files().get("sparse")).hasSize((1 << 20) + 2).endsWith('x', '\n');
  }

  @Test
  void laysGivenFilesBesideTheProgram() throws IOException {
    byte[] bytes = new byte[3_000_000];
    new Random(1).nextBytes(bytes);
    Path data = Files.write(folder.resolve("data"), bytes);
    CRC32 sum = new CRC32();
    sum.update(bytes);
    Trial.Result result =
        python(
                """
                import zlib, os
                def main():
                    data = open('in/data.bin', 'rb').read()
                    os.rename('in/data.bin', 'back.bin')
                    return zlib.crc32(data)
                """)
            .given("in/data.bin", data)
            .keeps("back.bin")
            .run();
    assertThat(result).returned(Long.toString(sum.getValue()));
    assertThat(result.told().files()).containsEntry("back.bin", bytes);
    assertThat(Files.readAllBytes(data)).isEqualTo(bytes);
  }

  @Test
  void countsGivenFilesAsDisk() throws IOException {
    Path data = Files.write(folder.resolve("data"), new byte[3 << 20]);
    assertThat(bash("true").given("data.bin", data).disk(2).run()).exhausted("disk", "2Mi");
  }
}
