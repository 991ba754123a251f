package io.taskwright.client;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer that goes on for long: its reader waits for the next bytes, but not for
 * ever, and nothing more is taken from the network than is read.
 */
final class Chunks implements HttpResponse.BodySubscriber<Chunks>, AutoCloseable {
  private sealed interface Item {
    record Bytes(List<ByteBuffer> buffers) implements Item {}

    record End(@Nullable Throwable cause) implements Item {}
  }

  private final LinkedBlockingQueue<Item> items = new LinkedBlockingQueue<>();
  private volatile Flow.@Nullable Subscription subscription;

  @Override
  public CompletionStage<Chunks> getBody() {
    return CompletableFuture.completedFuture(this);
  }

  @Override
  public void onSubscribe(Flow.Subscription it) {
    subscription = it;
    it.request(1);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    items.add(new Item.Bytes(buffers));
  }

  @Override
  public void onError(Throwable throwable) {
    items.add(new Item.End(throwable));
  }

  @Override
  public void onComplete() {
    items.add(new Item.End(null));
  }

  /**
   * The next bytes, or empty at the end.
   *
   * @param silence how long nothing may come
   * @throws IOException if nothing came for so long, or the connection broke
   */
  Optional<byte[]> next(Duration silence) throws IOException, InterruptedException {
    Item item = items.poll(silence.toMillis(), TimeUnit.MILLISECONDS);
    return switch (item) {
      case null -> throw new IOException("nothing came for %d s".formatted(silence.toSeconds()));
      case Item.Bytes(List<ByteBuffer> buffers) -> {
        more();
        yield Optional.of(bytes(buffers));
      }
      case Item.End(Throwable cause) when cause != null -> throw new IOException(cause);
      case Item.End end -> Optional.empty();
    };
  }

  private void more() {
    Flow.Subscription it = subscription;
    if (it != null) {
      it.request(1);
    }
  }

  private static byte[] bytes(List<ByteBuffer> buffers) {
    byte[] bytes = new byte[buffers.stream().mapToInt(ByteBuffer::remaining).sum()];
    int at = 0;
    for (ByteBuffer buffer : buffers) {
      int length = buffer.remaining();
      buffer.get(bytes, at, length);
      at += length;
    }
    return bytes;
  }

  @Override
  public void close() {
    Flow.Subscription it = subscription;
    if (it != null) {
      it.cancel();
    }
  }
}
