package io.taskwright.activities.masking;

import io.taskwright.model.execution.Failure;
import io.taskwright.model.execution.FailureCode;
import io.taskwright.model.secret.SecretValue;
import io.taskwright.sandbox.RunEnd;
import io.taskwright.sandbox.RunSink;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Hides the secrets of one attempt in all that leaves its executor: {@value
 * io.taskwright.model.secret.SecretValue#MASK} stands in their place. What cannot be looked through
 * is withheld. It finds secrets as they are and in Base64, hexadecimal and the escapes of URLs and
 * JSON; a program that means to give one away can write it in ways that nothing finds.
 */
public final class Masking {
  /** Hides nothing: there are no secrets. */
  public static final Masking NONE = new Masking(List.of());

  /** What our own words put where they cut a text of the program. */
  private static final String CUT = "…";

  private static final String WITHHELD =
      "how the program ended is withheld, because its secrets cannot be hidden in it; this is a"
          + " fault of the service";

  private final boolean nothing;
  private final Automaton automaton;

  private Masking(List<Pattern> patterns) {
    this.nothing = patterns.isEmpty();
    this.automaton = new Automaton(patterns);
  }

  /** Hides these. */
  public static Masking of(Collection<SecretValue> secrets) {
    return secrets.isEmpty()
        ? NONE
        : new Masking(secrets.stream().flatMap(secret -> Forms.of(secret).stream()).toList());
  }

  /** Whether all texts stay as they are. */
  boolean hidesNothing() {
    return nothing;
  }

  /**
   * A short text that is whole, such as the name of a file, without secrets. If this throws, the
   * text must be dropped.
   */
  public String text(String text) {
    if (nothing) {
      return text;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Scan scan = new Scan(automaton);
    scan.take(bytes);
    scan.finish();
    return scan.masked(text, bytes, 0);
  }

  /** What stands before another sink. */
  public MaskedSink before(RunSink sink) {
    return new MaskedSink(this, sink);
  }

  /** How a run ended, without secrets. */
  public RunEnd end(RunEnd end) {
    if (nothing) {
      return end;
    }
    try {
      return switch (end) {
        case RunEnd.Returned returned ->
            new RunEnd.Returned(
                new MaskedJson(this::text).text(returned.output()), returned.usage());
        case RunEnd.Failed failed -> new RunEnd.Failed(failure(failed.failure()), failed.usage());
        case RunEnd.Stopped stopped -> stopped;
      };
    } catch (RuntimeException | StackOverflowError e) {
      return new RunEnd.Failed(Failure.of(FailureCode.INTERNAL, WITHHELD), end.usage());
    }
  }

  private Failure failure(Failure failure) {
    return new Failure(
        failure.code(),
        cutText(failure.message()),
        failure.details() == null ? null : new MaskedJson(this::cutText).value(failure.details()));
  }

  /** A text that may have been cut, at its ends or within, without secrets or parts of them. */
  String cutText(String text) {
    return nothing
        ? text
        : List.of(text(text).split(CUT, -1)).stream()
            .map(part -> new Scan(automaton).maskedCutting(part))
            .collect(Collectors.joining(CUT));
  }

  MaskedLines lines(Consumer<String> next) {
    return new MaskedLines(automaton, next);
  }
}
