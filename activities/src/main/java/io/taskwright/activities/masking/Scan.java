package io.taskwright.activities.masking;

import io.taskwright.model.secret.SecretValue;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Looks through one text for secrets: as it stands, with the escapes of URLs read, with those of
 * JSON read, and with those of JSON within JSON. Takes time and memory in proportion to the text
 * and the longest secret, whatever they hold.
 */
final class Scan {
  /** So many bytes of a secret say something; fewer may be anything. */
  static final int TELLING = 4;

  private final Automaton automaton;
  private final Matcher plain;
  private final Matcher percent;
  private final Matcher escaped;
  private final Matcher twiceEscaped;
  private final PercentDecoder percents;
  private final EscapeDecoder escapes;
  private final EscapeDecoder outerEscapes;
  private final EscapeDecoder innerEscapes;
  private long position;

  Scan(Automaton automaton) {
    this.automaton = automaton;
    this.plain = new Matcher(automaton);
    this.percent = new Matcher(automaton);
    this.escaped = new Matcher(automaton);
    this.twiceEscaped = new Matcher(automaton);
    this.percents = new PercentDecoder(percent);
    this.escapes = new EscapeDecoder(escaped);
    this.innerEscapes = new EscapeDecoder(twiceEscaped);
    this.outerEscapes = new EscapeDecoder(innerEscapes);
  }

  /** Where the text ends that was taken so far. */
  long position() {
    return position;
  }

  /** Takes more of the text. Breaks between lines need not be part of it. */
  void take(byte[] bytes) {
    for (byte b : bytes) {
      if (b != '\n' && b != '\r') {
        plain.take(b, position, position + 1);
        percents.take(b, position, position + 1);
        escapes.take(b, position, position + 1);
        outerEscapes.take(b, position, position + 1);
      }
      position++;
    }
  }

  /** The text ends here. */
  void finish() {
    percents.finish();
    escapes.finish();
    outerEscapes.finish();
    innerEscapes.finish();
  }

  /** The text was cut off here: what begins a secret is hidden, too. */
  void cutOff() {
    finish();
    matchers().forEach(matcher -> matcher.cut(TELLING));
  }

  /**
   * Before this place it is known what is secret.
   *
   * @param least how many bytes of a secret count as its beginning
   */
  long known(int least) {
    long known = Math.min(position, Math.min(percents.open(), escapes.open()));
    known = Math.min(known, Math.min(outerEscapes.open(), innerEscapes.open()));
    for (Matcher matcher : matchers()) {
      known = Math.min(known, matcher.open(least));
    }
    return known;
  }

  /** A part of the text without the secrets in it. */
  String masked(String text, byte[] bytes, long start) {
    boolean[] hidden = new boolean[bytes.length];
    for (Matcher matcher : matchers()) {
      matcher.found().mark(hidden, start);
      matcher.found().forget(start + bytes.length);
    }
    return without(text, bytes, hidden);
  }

  /** All of a text that was cut out of a longer one, without secrets and without parts of them. */
  String maskedCutting(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    take(bytes);
    cutOff();
    boolean[] hidden = new boolean[bytes.length];
    matchers().forEach(matcher -> matcher.found().mark(hidden, 0));
    new CutStart(automaton, TELLING).mark(bytes, hidden);
    return without(text, bytes, hidden);
  }

  private List<Matcher> matchers() {
    return List.of(plain, percent, escaped, twiceEscaped);
  }

  private static String without(String text, byte[] bytes, boolean[] hidden) {
    ByteArrayOutputStream kept = new ByteArrayOutputStream(bytes.length);
    byte[] mask = SecretValue.MASK.getBytes(StandardCharsets.US_ASCII);
    boolean any = false;
    for (int i = 0; i < bytes.length; i++) {
      if (!hidden[i]) {
        kept.write(bytes[i]);
      } else if (i == 0 || !hidden[i - 1]) {
        any = true;
        kept.writeBytes(mask);
      }
    }
    return any ? kept.toString(StandardCharsets.UTF_8) : text;
  }
}
