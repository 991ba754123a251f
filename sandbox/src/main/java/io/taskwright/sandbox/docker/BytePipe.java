package io.taskwright.sandbox.docker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Bytes from one thread to another, some of them at a time. The reader sees the end after the last
 * byte; once the reader is gone, what is written is dropped.
 */
final class BytePipe {
  private final int most;
  private final Deque<byte[]> chunks = new ArrayDeque<>();
  private int waiting;
  private boolean ended;
  private boolean abandoned;

  /**
   * Holds so many bytes before the writer waits.
   *
   * @param most bytes
   */
  BytePipe(int most) {
    this.most = most;
  }

  /** Waits for room. */
  synchronized void write(byte[] bytes) throws InterruptedException {
    while (waiting >= most && !abandoned) {
      wait();
    }
    if (!abandoned && bytes.length > 0) {
      chunks.add(bytes);
      waiting += bytes.length;
      notifyAll();
    }
  }

  /** Nothing more is written. */
  synchronized void end() {
    ended = true;
    notifyAll();
  }

  /** Nothing more is read. */
  synchronized void abandon() {
    abandoned = true;
    chunks.clear();
    notifyAll();
  }

  private synchronized int read(byte[] to, int offset, int length) throws InterruptedException {
    while (chunks.isEmpty() && !ended && !abandoned) {
      wait();
    }
    if (chunks.isEmpty()) {
      return -1;
    }
    byte[] chunk = chunks.removeFirst();
    int some = Math.min(length, chunk.length);
    System.arraycopy(chunk, 0, to, offset, some);
    if (some < chunk.length) {
      chunks.addFirst(Arrays.copyOfRange(chunk, some, chunk.length));
    }
    waiting -= some;
    notifyAll();
    return some;
  }

  private synchronized boolean isAbandoned() {
    return abandoned;
  }

  /** The writer's end; closing it is {@link #end}. */
  OutputStream output() {
    return new OutputStream() {
      @Override
      public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
          BytePipe.this.write(Arrays.copyOfRange(bytes, offset, offset + length));
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new IOException("interrupted", e);
        }
        if (isAbandoned()) {
          throw new IOException("nobody reads any more");
        }
      }

      @Override
      public void close() {
        end();
      }
    };
  }

  /** The reader's end; closing it is {@link #abandon}. */
  InputStream input() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
          return length == 0 ? 0 : BytePipe.this.read(bytes, offset, length);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new IOException("interrupted", e);
        }
      }

      @Override
      public void close() {
        abandon();
      }
    };
  }
}
