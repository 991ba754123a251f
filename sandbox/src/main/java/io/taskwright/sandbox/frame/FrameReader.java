package io.taskwright.sandbox.frame;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Cuts the bytes that come out of an environment into frames. Text in place of a frame is what
 * bubblewrap or the warden had to complain about; some of it is kept.
 */
public final class FrameReader {
  private static final int HEAD = 5;
  private static final byte[] READY = {1, 0, 0, 0, 0};
  private static final int MAX_COMPLAINT = 8192;

  private final Consumer<Frame> frames;
  private final ByteArrayOutputStream complaint = new ByteArrayOutputStream();
  private final byte[] head = new byte[HEAD];
  private int headLength;
  private byte[] payload = {};
  private int payloadLength;

  /** Hands each frame to the consumer, on the thread that calls {@link #accept}. */
  public FrameReader(Consumer<Frame> frames) {
    this.frames = frames;
  }

  /**
   * Waits for the first frame of an environment that was made in advance, and takes it off the
   * stream.
   *
   * @return false if something else comes, or the end
   */
  public static boolean readsReady(InputStream output) throws IOException {
    return Arrays.equals(output.readNBytes(HEAD), READY);
  }

  /**
   * Takes the next bytes.
   *
   * @throws MalformedFrameException if they are neither frames nor text in place of the first one
   */
  public void accept(byte[] bytes, int offset, int length) {
    int at = offset;
    int end = offset + length;
    while (at < end) {
      if (complaint.size() > 0 || (headLength == 0 && isText(bytes[at]))) {
        complaint.write(bytes, at, Math.min(end - at, MAX_COMPLAINT - complaint.size()));
        return;
      }
      at += headLength < HEAD ? takeHead(bytes, at, end) : takePayload(bytes, at, end);
      if (headLength == HEAD && payloadLength == payload.length) {
        headLength = 0;
        payloadLength = 0;
        frames.accept(frame(head[0], payload));
      }
    }
  }

  /** What was said in place of frames; empty if nothing was. */
  public String complaint() {
    return complaint.toString(StandardCharsets.UTF_8).strip();
  }

  private int takeHead(byte[] bytes, int at, int end) {
    int some = Math.min(end - at, HEAD - headLength);
    System.arraycopy(bytes, at, head, headLength, some);
    headLength += some;
    if (headLength == HEAD) {
      int length = ByteBuffer.wrap(head).getInt(1);
      if (length < 0 || length > Frame.MAX_PAYLOAD) {
        throw new MalformedFrameException("a frame claims " + length + " bytes");
      }
      payload = new byte[length];
    }
    return some;
  }

  private int takePayload(byte[] bytes, int at, int end) {
    int some = Math.min(end - at, payload.length - payloadLength);
    System.arraycopy(bytes, at, payload, payloadLength, some);
    payloadLength += some;
    return some;
  }

  private static boolean isText(byte first) {
    return first >= ' ';
  }

  private static Frame frame(byte type, byte[] payload) {
    return switch (type) {
      case 1 -> new Frame.Ready();
      case 2 -> new Frame.Started();
      case 3 -> new Frame.Stdout(payload);
      case 4 -> new Frame.Stderr(payload);
      case 5 -> new Frame.Progress(payload);
      case 6 -> new Frame.Result(payload);
      case 7 -> new Frame.Report(payload);
      case 8 -> new Frame.Ended(GuestEnd.parse(payload));
      case 9 -> new Frame.File(payload);
      case 10 -> new Frame.FileData(payload);
      case 11 -> new Frame.FileRefused(payload);
      default -> throw new MalformedFrameException("there is no frame of type " + type);
    };
  }
}
