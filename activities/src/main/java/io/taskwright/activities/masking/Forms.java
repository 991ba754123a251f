package io.taskwright.activities.masking;

import io.taskwright.model.secret.SecretValue;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * The forms in which a secret is looked for. Line breaks play no part in the search, so the forms
 * have none. Escapes of JSON and of URLs need no form: they are read as what they stand for.
 */
final class Forms {
  /** A longer secret is a document, which nobody writes in hexadecimal. */
  private static final int MOST_IN_HEX = 1024;

  /** A line of a secret is a secret of its own if it says so much. */
  private static final int LEAST_LINE = 16;

  private static final int BITS_OF_BYTE = 8;
  private static final int BITS_OF_BASE64 = 6;

  private Forms() {}

  static List<Pattern> of(SecretValue secret) {
    List<Pattern> forms = new ArrayList<>();
    String value = secret.value();
    Stream.of(value, value.strip()).distinct().forEach(text -> addAll(forms, text));
    if (value.lines().count() > 1) {
      value
          .lines()
          .map(line -> line.strip().getBytes(StandardCharsets.UTF_8))
          .filter(line -> line.length >= LEAST_LINE)
          .forEach(line -> forms.add(Pattern.of(line)));
    }
    return forms.stream().filter(form -> form.bytes().length > 0).toList();
  }

  private static void addAll(List<Pattern> forms, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    byte[] plain = withoutBreaks(bytes);
    forms.add(Pattern.of(plain));
    if (text.indexOf(' ') >= 0) {
      forms.add(Pattern.of(replaced(plain, ' ', '+'))); // as forms of web pages write it
    }
    for (int before = 0; before < 3; before++) {
      forms.add(base64(Base64.getEncoder(), before, bytes));
      forms.add(base64(Base64.getUrlEncoder(), before, bytes));
    }
    if (bytes.length <= MOST_IN_HEX) {
      forms.add(Pattern.of(ascii(HexFormat.of().formatHex(bytes))));
      forms.add(Pattern.of(ascii(HexFormat.of().withUpperCase().formatHex(bytes))));
    }
  }

  /**
   * The characters of Base64 that depend on the secret alone, wherever it stands in what is
   * encoded.
   *
   * @param before how many bytes come before the last multiple of three
   */
  private static Pattern base64(Base64.Encoder encoder, int before, byte[] bytes) {
    byte[] shifted = new byte[before + bytes.length];
    System.arraycopy(bytes, 0, shifted, before, bytes.length);
    int first = (before * BITS_OF_BYTE + BITS_OF_BASE64 - 1) / BITS_OF_BASE64;
    int bits = shifted.length * BITS_OF_BYTE;
    byte[] own =
        Arrays.copyOfRange(encoder.withoutPadding().encode(shifted), first, bits / BITS_OF_BASE64);
    return new Pattern(own, before > 0, bits % BITS_OF_BASE64 > 0);
  }

  private static byte[] withoutBreaks(byte[] bytes) {
    ByteArrayOutputStream kept = new ByteArrayOutputStream(bytes.length);
    for (byte b : bytes) {
      if (b != '\n' && b != '\r') {
        kept.write(b);
      }
    }
    return kept.toByteArray();
  }

  private static byte[] replaced(byte[] bytes, char from, char to) {
    byte[] replaced = bytes.clone();
    for (int i = 0; i < replaced.length; i++) {
      if (replaced[i] == from) {
        replaced[i] = (byte) to;
      }
    }
    return replaced;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
