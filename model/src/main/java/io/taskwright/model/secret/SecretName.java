package io.taskwright.model.secret;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a secret of a project is called.
 *
 * @param value {@value #FORM}
 */
public record SecretName(String value) {
  /** The form of a name, as a regular expression. */
  public static final String FORM = "[A-Z][A-Z0-9_]{0,62}";

  private static final Pattern PATTERN = Pattern.compile(FORM);

  public SecretName {
    if (!PATTERN.matcher(value).matches()) {
      throw new IllegalArgumentException("a secret's name matches " + FORM);
    }
  }

  /** Reads a name; anything else is none. */
  public static Optional<SecretName> parse(String text) {
    return PATTERN.matcher(text).matches() ? Optional.of(new SecretName(text)) : Optional.empty();
  }

  @Override
  public String toString() {
    return value;
  }
}
