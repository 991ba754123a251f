package io.taskwright.model.file;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The names that files of programs may have: relative paths with forward slashes that mean the same
 * on every system a file may be downloaded to, and nothing else anywhere.
 */
public final class FilePaths {
  /** The longest path, in bytes of UTF-8. */
  public static final int MOST_BYTES = 240;

  /** The most folders that lead to a file, and the file itself. */
  public static final int MOST_PARTS = 16;

  /** Names that are devices on Windows, whatever follows after a dot. */
  private static final Pattern DEVICE =
      Pattern.compile("(?:CON|PRN|AUX|NUL|COM[0-9]|LPT[0-9])(?:\\..*)?", Pattern.CASE_INSENSITIVE);

  private static final String ODD = "\\:<>\"|?*";

  private FilePaths() {}

  /** What is wrong with the path, as the end of a sentence about it; empty if nothing is. */
  public static Optional<String> flaw(String path) {
    byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
    if (path.isEmpty()) {
      return Optional.of("is empty");
    }
    if (bytes.length > MOST_BYTES) {
      return Optional.of("is longer than " + MOST_BYTES + " bytes");
    }
    if (!new String(bytes, StandardCharsets.UTF_8).equals(path)) {
      return Optional.of("holds half of a character");
    }
    if (!Normalizer.isNormalized(path, Normalizer.Form.NFC)) {
      return Optional.of("is not in Unicode's composed form (NFC)");
    }
    if (path.startsWith("/")) {
      return Optional.of("is absolute; it must be relative to the working directory");
    }
    Optional<Integer> odd = path.codePoints().filter(FilePaths::odd).boxed().findFirst();
    if (odd.isPresent()) {
      return Optional.of("holds the character U+%04X".formatted(odd.get()));
    }
    String[] parts = path.split("/", -1);
    if (parts.length > MOST_PARTS) {
      return Optional.of("has more than " + MOST_PARTS + " parts");
    }
    for (String part : parts) {
      Optional<String> flaw = partFlaw(part);
      if (flaw.isPresent()) {
        return flaw;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> partFlaw(String part) {
    if (part.isEmpty()) {
      return Optional.of("has an empty part");
    }
    if (part.equals(".") || part.equals("..")) {
      return Optional.of("has the part " + part);
    }
    if (part.startsWith("-")) {
      return Optional.of("has a part that begins with a hyphen, as options do");
    }
    if (part.startsWith(" ") || part.endsWith(" ") || part.endsWith(".")) {
      return Optional.of("has a part that begins with a space, or ends with a space or dot");
    }
    return DEVICE.matcher(part).matches()
        ? Optional.of("has the part " + part + ", which is a device elsewhere")
        : Optional.empty();
  }

  /** Controls, what turns the direction of text around, and what means something to systems. */
  private static boolean odd(int character) {
    int type = Character.getType(character);
    return ODD.indexOf(character) >= 0
        || type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR
        || type == Character.UNASSIGNED
        || type == Character.PRIVATE_USE;
  }
}
