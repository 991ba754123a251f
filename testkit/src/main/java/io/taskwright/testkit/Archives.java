package io.taskwright.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Small packages in the forms in which indexes have them. */
public final class Archives {
  private static final int BLOCK = 512;

  private Archives() {}

  static byte[] wheel(String name, String version, String source, String... requires) {
    String info = name + "-" + version + ".dist-info/";
    String needs =
        Stream.of(requires)
            .map(one -> "Requires-Dist: " + one + "\n")
            .collect(Collectors.joining());
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put(name + ".py", bytes(source));
    files.put(
        info + "METADATA",
        bytes("Metadata-Version: 2.1\nName: %s\nVersion: %s\n%s".formatted(name, version, needs)));
    files.put(
        info + "WHEEL",
        bytes("Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"));
    files.put(
        info + "RECORD",
        bytes("%1$s.py,,\n%2$sMETADATA,,\n%2$sWHEEL,,\n%2$sRECORD,,\n".formatted(name, info)));
    return zip(files);
  }

  /** A zip archive, such as a jar. */
  public static byte[] zip(Map<String, byte[]> files) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static byte[] tarGz(Map<String, String> files) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream tar = new GZIPOutputStream(bytes)) {
      for (Map.Entry<String, String> file : new TreeMap<>(files).entrySet()) {
        byte[] content = bytes(file.getValue());
        tar.write(tarHead(file.getKey(), content.length));
        tar.write(Arrays.copyOf(content, (content.length + BLOCK - 1) / BLOCK * BLOCK));
      }
      tar.write(new byte[2 * BLOCK]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] tarHead(String path, int size) {
    byte[] head = new byte[BLOCK];
    put(head, 0, path);
    put(head, 100, "0000644\0");
    put(head, 108, "0000000\0");
    put(head, 116, "0000000\0");
    put(head, 124, "%011o\0".formatted(size));
    put(head, 136, "00000000000\0");
    put(head, 148, "        ");
    put(head, 156, "0");
    put(head, 257, "ustar\00000");
    int sum = 0;
    for (byte one : head) {
      sum += one & 0xff;
    }
    put(head, 148, "%06o\0 ".formatted(sum));
    return head;
  }

  private static void put(byte[] into, int at, String text) {
    byte[] some = bytes(text);
    System.arraycopy(some, 0, into, at, some.length);
  }

  static String pom(String[] parts, String... needs) {
    String dependencies =
        Stream.of(needs)
            .map(one -> one.split(":", -1))
            .map(one ->
                "<dependency><groupId>%s</groupId><artifactId>%s</artifactId><version>%s</version></dependency>"
                    .formatted((Object[]) one))
            .collect(Collectors.joining());
    return """
    <?xml version="1.0" encoding="UTF-8"?>
    <project><modelVersion>4.0.0</modelVersion><groupId>%s</groupId><artifactId>%s</artifactId>
    <version>%s</version><dependencies>%s</dependencies></project>
    """
        .formatted(parts[0], parts[1], parts[2], dependencies);
  }

  static String integrity(byte[] content) {
    return "sha512-" + Base64.getEncoder().encodeToString(digest("SHA-512", content));
  }

  static byte[] digest(String algorithm, byte[] content) {
    try {
      return MessageDigest.getInstance(algorithm).digest(content);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + algorithm, e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
