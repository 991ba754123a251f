package io.taskwright.activities.masking;

import io.taskwright.sandbox.RunSink;
import java.util.EnumMap;
import java.util.Map;

/**
 * Stands before another sink and lets no secret through. When it cannot tell what is secret it lets
 * nothing through.
 */
public final class MaskedSink implements RunSink {
  private final Masking masking;
  private final RunSink next;
  private final Map<Source, MaskedLines> lines = new EnumMap<>(Source.class);
  private boolean broken;

  MaskedSink(Masking masking, RunSink next) {
    this.masking = masking;
    this.next = next;
  }

  @Override
  public void log(Source source, String line) {
    if (masking.hidesNothing()) {
      next.log(source, line);
    } else {
      guarded(() -> lines(source).take(line));
    }
  }

  @Override
  public void progress(double fraction, String message) {
    if (masking.hidesNothing()) {
      next.progress(fraction, message);
    } else {
      guarded(() -> next.progress(fraction, masking.cutText(message)));
    }
  }

  @Override
  public void awaitCounting() throws InterruptedException {
    next.awaitCounting();
  }

  /** The run has ended. Whoever calls must have seen its end; calling again changes nothing. */
  public void finish() {
    guarded(() -> lines.values().forEach(MaskedLines::finish));
  }

  private MaskedLines lines(Source source) {
    return lines.computeIfAbsent(source, each -> masking.lines(line -> next.log(each, line)));
  }

  private void guarded(Runnable saying) {
    if (broken) {
      return;
    }
    try {
      saying.run();
    } catch (RuntimeException e) {
      broken = true;
      next.log(
          Source.SYSTEM,
          "what the program says from here on is withheld, because its secrets cannot be hidden"
              + " in it; this is a fault of the service");
    }
  }
}
