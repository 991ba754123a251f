package io.taskwright.api.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** The files of the page as the build put them into the jar, each read once. */
@Component
final class PageFiles {
  private static final String FOLDER = "/ui/";

  /** No name has a separator, and none begins with a dot: none leads out of the folder. */
  private static final Pattern NAME =
      Pattern.compile("(assets/)?[A-Za-z0-9_-]+([.][A-Za-z0-9_-]+)*");

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html;charset=utf-8",
          "js", "text/javascript;charset=utf-8",
          "css", "text/css;charset=utf-8",
          "svg", "image/svg+xml",
          "json", "application/json",
          "txt", "text/plain;charset=utf-8");

  private final Map<String, Optional<PageFile>> read = new ConcurrentHashMap<>();

  /**
   * A file of the page.
   *
   * @param packed the content, compressed by gzip
   * @param tag changes with the content
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record PageFile(String type, byte[] content, Optional<byte[]> packed, String tag) {}

  /** The file of that name, such as {@code assets/index-4f2a.js}. */
  Optional<PageFile> find(String name) {
    if (!NAME.matcher(name).matches()) {
      return Optional.empty();
    }
    Optional<PageFile> known = read.get(name);
    if (known == null) {
      known = load(name);
      if (known.isPresent()) { // names that are asked in vain are not kept: there is no end of them
        read.put(name, known);
      }
    }
    return known;
  }

  private static Optional<PageFile> load(String name) {
    String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
    if (type == null) {
      return Optional.empty();
    }
    return bytes(name)
        .map(content -> new PageFile(type, content, bytes(name + ".gz"), tag(content)));
  }

  private static Optional<byte[]> bytes(String name) {
    try (InputStream in = PageFiles.class.getResourceAsStream(FOLDER + name)) {
      return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String tag(byte[] content) {
    try {
      byte[] digest = java.security.MessageDigest.getInstance("SHA-256").digest(content);
      return '"' + HexFormat.of().formatHex(digest, 0, 8) + '"';
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
