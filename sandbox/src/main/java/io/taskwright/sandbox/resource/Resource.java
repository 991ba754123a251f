package io.taskwright.sandbox.resource;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A file that is packed with this module. */
public final class Resource {
  private Resource() {}

  /**
   * The text of a file that every build has.
   *
   * @param neighbour a class beside it
   */
  public static String text(Class<?> neighbour, String name) {
    return new String(bytes(neighbour, name), StandardCharsets.UTF_8);
  }

  /** The bytes of a file that every build has. */
  public static byte[] bytes(Class<?> neighbour, String name) {
    return find(neighbour, name)
        .orElseThrow(() -> new IllegalStateException(name + " is not in the jar"));
  }

  /** The file, if this build has it; by a path from the root if the name starts with a slash. */
  public static Optional<byte[]> find(Class<?> neighbour, String name) {
    try (@Nullable InputStream in = neighbour.getResourceAsStream(name)) {
      return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be read from the jar", e);
    }
  }

  /** The hash by which contents are told apart: SHA-256 of all of them in turn, hexadecimal. */
  public static String hash(Collection<byte[]> contents) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      contents.forEach(digest::update);
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
