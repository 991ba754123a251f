package io.taskwright.sandbox.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.OutputStream;

/**
 * To a warden. The client has an exception of its own for a stream that is closed.
 *
 * @see WardenStream
 */
final class WardenInput extends OutputStream {
  private final OutputStream stream;

  WardenInput(OutputStream stream) {
    this.stream = stream;
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      stream.write(bytes, offset, length);
    } catch (KubernetesClientException e) {
      throw new IOException("the pod's stream is closed (" + e.getMessage() + ")", e);
    }
  }

  @Override
  public void flush() throws IOException {
    try {
      stream.flush();
    } catch (KubernetesClientException e) {
      throw new IOException("the pod's stream is closed (" + e.getMessage() + ")", e);
    }
  }
}
