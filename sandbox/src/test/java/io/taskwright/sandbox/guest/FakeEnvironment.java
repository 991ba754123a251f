package io.taskwright.sandbox.guest;

import io.taskwright.model.ByteSize;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** An environment whose warden says what the test gave it. */
final class FakeEnvironment implements Environment {
  /** Ended well, with an output that was read. */
  static final long[] WELL = {1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0};

  final ByteArrayOutputStream heard = new ByteArrayOutputStream();
  final CountDownLatch killed = new CountDownLatch(1);
  private final ByteArrayOutputStream says = new ByteArrayOutputStream();
  private @Nullable InputStream output;
  private boolean waitsForItsDeath;
  private boolean deaf;
  private Traces traces = new Traces(false, false, new ByteSize(0), Duration.ZERO);

  FakeEnvironment says(int type, String text) {
    return says(type, text.getBytes(StandardCharsets.UTF_8));
  }

  FakeEnvironment says(int type, byte[] bytes) {
    says.write(type);
    says.writeBytes(ByteBuffer.allocate(4).putInt(bytes.length).array());
    says.writeBytes(bytes);
    return this;
  }

  FakeEnvironment saysText(String text) {
    says.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  FakeEnvironment ends(long[] fields, String text) {
    ByteBuffer end = ByteBuffer.allocate(fields.length * 8 + text.length());
    for (long field : fields) {
      end.putLong(field);
    }
    return says(8, end.put(text.getBytes(StandardCharsets.UTF_8)).array());
  }

  FakeEnvironment counted(Traces counted) {
    traces = counted;
    return this;
  }

  /** Says nothing more until it is killed. */
  FakeEnvironment hangs() {
    waitsForItsDeath = true;
    return this;
  }

  /** Takes nothing. */
  FakeEnvironment deaf() {
    deaf = true;
    return this;
  }

  @Override
  public OutputStream input() {
    return new OutputStream() {
      @Override
      public void write(int one) throws IOException {
        if (deaf) {
          throw new IOException("Broken pipe");
        }
        heard.write(one);
      }
    };
  }

  @Override
  public InputStream output() {
    if (output == null) {
      output = new SequenceInputStream(new ByteArrayInputStream(says.toByteArray()), new Last());
    }
    return output;
  }

  /** Ends at once, or when the environment is killed. */
  private final class Last extends InputStream {
    @Override
    public int read() throws IOException {
      if (waitsForItsDeath) {
        awaitDeath();
      }
      return -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return read();
    }
  }

  private void awaitDeath() throws IOException {
    try {
      killed.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Override
  public boolean alive() {
    return !deaf;
  }

  @Override
  public void kill() {
    killed.countDown();
  }

  @Override
  public Traces end() {
    return traces;
  }
}
