package io.taskwright.sandbox.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class FrameWriterTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final FrameWriter writer = new FrameWriter(out);

  @Test
  void writesWhatTheWardenReads() throws IOException {
    writer.limits(Duration.ofSeconds(1), Duration.ofMillis(5), 3, 4, 5, 6, Duration.ofMillis(7));
    writer.file("a/ü", 0644, new byte[] {9});
    writer.variable("N", "v");
    writer.word("w");
    writer.start();
    assertThat(written())
        .isEqualTo(
            "01"
                + "00000038"
                + "00000000000003e8"
                + "0000000000000005"
                + "0000000000000003"
                + "0000000000000004"
                + "0000000000000005"
                + "0000000000000006"
                + "0000000000001b58"
                + "02"
                + "00000009"
                + "01a4"
                + "0004"
                + "612fc3bc"
                + "09"
                + "03"
                + "00000003"
                + "4e3d76"
                + "04"
                + "00000001"
                + "77"
                + "05"
                + "00000000");
  }

  @Test
  void writesAStopAtOnce() throws IOException {
    writer.stop();
    assertThat(written()).isEqualTo("0600000000");
  }

  private String written() {
    return HexFormat.of().formatHex(out.toByteArray());
  }
}
