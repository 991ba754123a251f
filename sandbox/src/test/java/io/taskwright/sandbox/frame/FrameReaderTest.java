package io.taskwright.sandbox.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FrameReaderTest {
  private final List<Frame> frames = new ArrayList<>();
  private final FrameReader reader = new FrameReader(frames::add);

  @Test
  void readsFramesHoweverTheyAreCut() {
    byte[] bytes =
        join(
            frame(1, ""),
            frame(2, ""),
            frame(3, "out"),
            frame(4, "err"),
            frame(5, "p"),
            frame(6, "r"),
            frame(7, "e"));
    for (int size = 1; size < bytes.length; size++) {
      frames.clear();
      for (int at = 0; at < bytes.length; at += size) {
        reader.accept(bytes, at, Math.min(size, bytes.length - at));
      }
      assertThat(frames.stream().map(frame -> frame.getClass().getSimpleName()))
          .containsExactly("Ready", "Started", "Stdout", "Stderr", "Progress", "Result", "Report");
    }
    assertThat(reader.complaint()).isEmpty();
    assertThat(((Frame.Stdout) frames.get(2)).bytes())
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("out");
  }

  @Test
  void readsTheEnd() {
    ByteBuffer end = ByteBuffer.allocate(11 * 8 + 3);
    for (long value : new long[] {2, 9, 1 | 4 | 128, 3, 1_500_000, 250_000, 5, 6, 7, 8, 9}) {
      end.putLong(value);
    }
    end.put("why".getBytes(StandardCharsets.UTF_8));
    accept(join(head(8, end.capacity()), end.array()));
    GuestEnd read = ((Frame.Ended) frames.getFirst()).end();
    assertThat(read.kind()).isEqualTo(GuestEnd.Kind.SIGNALED);
    assertThat(read.code()).isEqualTo(9);
    assertThat(read.hits())
        .containsExactlyInAnyOrder(
            GuestEnd.Hit.STOP, GuestEnd.Hit.MEMORY, GuestEnd.Hit.OUT_OF_MEMORY);
    assertThat(read.output()).isEqualTo(GuestEnd.Output.NOT_A_FILE);
    assertThat(read.wall()).isEqualTo(Duration.ofMillis(1500));
    assertThat(read.cpu()).isEqualTo(Duration.ofMillis(250));
    assertThat(read.memory().bytes()).isEqualTo(5);
    assertThat(read.disk().bytes()).isEqualTo(6);
    assertThat(read.files()).isEqualTo(7);
    assertThat(read.log().bytes()).isEqualTo(8);
    assertThat(read.peak().bytes()).isEqualTo(9);
    assertThat(read.text()).isEqualTo("why");
  }

  @Test
  void keepsSomeOfATextInPlaceOfFrames() {
    accept("bwrap: no such ".getBytes(StandardCharsets.UTF_8));
    accept("thing\n".getBytes(StandardCharsets.UTF_8));
    assertThat(reader.complaint()).isEqualTo("bwrap: no such thing");
    accept(new byte[1 << 20]);
    assertThat(reader.complaint()).hasSizeLessThanOrEqualTo(8192);
    assertThat(frames).isEmpty();
  }

  @Test
  void refusesWhatNoWardenSays() {
    assertThatThrownBy(() -> accept(frame(12, "")))
        .isInstanceOf(MalformedFrameException.class)
        .hasMessageContaining("type 12");
    assertThatThrownBy(() -> new FrameReader(frames::add).accept(head(3, 1 << 20), 0, 5))
        .isInstanceOf(MalformedFrameException.class)
        .hasMessageContaining("claims 1048576");
    assertThatThrownBy(() -> new FrameReader(frames::add).accept(head(3, -1), 0, 5))
        .isInstanceOf(MalformedFrameException.class);
  }

  @Test
  void refusesAnEndThatIsNone() {
    assertThatThrownBy(() -> accept(frame(8, "short")))
        .isInstanceOf(MalformedFrameException.class)
        .hasMessageContaining("only 5 bytes");
    ByteBuffer end = ByteBuffer.allocate(88).putLong(0, 77);
    assertThatThrownBy(
            () -> new FrameReader(frames::add).accept(join(head(8, 88), end.array()), 0, 93))
        .isInstanceOf(MalformedFrameException.class)
        .hasMessageContaining("77");
  }

  private void accept(byte[] bytes) {
    reader.accept(bytes, 0, bytes.length);
  }

  private static byte[] frame(int type, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return join(head(type, bytes.length), bytes);
  }

  private static byte[] head(int type, int length) {
    return ByteBuffer.allocate(5).put((byte) type).putInt(length).array();
  }

  private static byte[] join(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    ByteBuffer all = ByteBuffer.allocate(length);
    for (byte[] part : parts) {
      all.put(part);
    }
    return all.array();
  }
}
