package io.taskwright.store.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What the holder of a key is. */
public enum Role {
  VIEWER,
  OPERATOR,
  AUTHOR,
  ADMIN,
  /** An executor worker; may open attempts and nothing else. */
  EXECUTOR;

  /** The name of the role in JSON. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The role of that name in JSON. */
  public static Optional<Role> of(String word) {
    return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
  }
}
