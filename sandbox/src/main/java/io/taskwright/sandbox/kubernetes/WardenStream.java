package io.taskwright.sandbox.kubernetes;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * What comes from a warden: its frames, and after their end what it complained of. A stream that
 * breaks ends: what the frames lack tells more than why it broke.
 */
final class WardenStream extends InputStream {
  private static final int MOST = 4096;

  private final ByteArrayOutputStream complaints = new ByteArrayOutputStream();
  private InputStream now = InputStream.nullInputStream();
  private boolean over;

  /** Takes what the warden complains of, as far as anybody would read it. */
  OutputStream complaints() {
    return new OutputStream() {
      @Override
      public void write(int one) {
        write(new byte[] {(byte) one}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) {
        synchronized (complaints) {
          complaints.write(bytes, offset, Math.min(length, MOST - complaints.size()));
        }
      }
    };
  }

  /** The frames. */
  void follow(InputStream frames) {
    now = frames;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0; // The client's stream takes this for a mistake.
    }
    int count = some(bytes, offset, length);
    if (count >= 0 || over) {
      return count;
    }
    over = true;
    synchronized (complaints) {
      now = new ByteArrayInputStream(complaints.toByteArray());
    }
    return now.read(bytes, offset, length);
  }

  private int some(byte[] bytes, int offset, int length) throws IOException {
    try {
      return now.read(bytes, offset, length);
    } catch (IOException e) {
      return -1;
    }
  }
}
