package io.taskwright.sandbox.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class BytePipeTest {
  private final BytePipe pipe = new BytePipe(4);

  @Test
  void handsOnBytesInOrderAndThenTheEnd() throws Exception {
    CompletableFuture<byte[]> read = CompletableFuture.supplyAsync(this::readAll);
    try (OutputStream out = pipe.output()) {
      out.write("some more than fits".getBytes(StandardCharsets.UTF_8));
      out.write('!');
      out.write(new byte[0]);
    }
    assertThat(read.get()).asString(StandardCharsets.UTF_8).isEqualTo("some more than fits!");
  }

  @Test
  void readsPartsOfAPiece() throws Exception {
    pipe.write(new byte[] {1, 2, 3});
    pipe.end();
    InputStream in = pipe.input();
    assertThat(in.read()).isEqualTo(1);
    assertThat(in.read(new byte[5], 0, 0)).isZero();
    assertThat(in.readNBytes(9)).containsExactly(2, 3);
    assertThat(in.read()).isEqualTo(-1);
  }

  @Test
  void letsAWriterGoWhenNobodyReadsAnyMore() throws Exception {
    pipe.write(new byte[8]);
    CompletableFuture<Boolean> refused =
        CompletableFuture.supplyAsync(() -> {
          try {
            pipe.output().write(new byte[8]);
            return false;
          } catch (IOException e) {
            return true;
          }
        });
    pipe.input().close();
    assertThat(refused.get()).isTrue();
    assertThat(pipe.input().read()).isEqualTo(-1);
  }

  @Test
  void letsAnInterruptedThreadGo() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> pipe.input().read()).isInstanceOf(IOException.class);
    assertThat(Thread.interrupted()).isTrue();
    Thread.currentThread().interrupt();
    assertThatThrownBy(
            () -> {
              pipe.output().write(new byte[9]);
              pipe.output().write(new byte[9]);
            })
        .isInstanceOf(IOException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  private byte[] readAll() {
    try {
      return pipe.input().readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
