package io.taskwright.sandbox.bubblewrap;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;

/**
 * The {@code /etc} of the environments: users of our own, and of the host's only what loaders need
 * to find programs and libraries.
 */
final class SyntheticEtc {
  /** The user and group inside. */
  static final int USER = 10001;

  private SyntheticEtc() {}

  /** Lays it out anew in the folder. */
  static void lay(Path folder, Path host) throws IOException {
    delete(folder);
    Files.createDirectories(folder);
    write(
        folder,
        "passwd",
        "root:x:0:0:root:/:/usr/sbin/nologin\ntask:x:%1$d:%1$d:task:/task/work:/bin/bash\n");
    write(folder, "group", "root:x:0:\ntask:x:%1$d:\n");
    write(folder, "nsswitch.conf", "passwd: files\ngroup: files\nhosts: files\n");
    write(folder, "hosts", "127.0.0.1 localhost\n::1 localhost\n");
    copy(host.resolve("ld.so.cache"), folder.resolve("ld.so.cache"));
    copy(host.resolve("alternatives"), folder.resolve("alternatives"));
    try (Stream<Path> files = Files.list(host)) {
      for (Path file : files.filter(SyntheticEtc::configuresJava).toList()) {
        copy(file, folder.resolve(String.valueOf(file.getFileName())));
      }
    }
  }

  /** Debian keeps a part of a JDK there. */
  private static boolean configuresJava(Path file) {
    return String.valueOf(file.getFileName()).matches("java-[0-9]+-openjdk");
  }

  private static void write(Path folder, String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text.formatted(USER));
  }

  /** Copies links as they are and files that everybody may read; the rest stays outside. */
  private static void copy(Path from, Path to) throws IOException {
    if (!Files.exists(from)) {
      return;
    }
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            Files.createDirectories(to.resolve(from.relativize(folder).toString()));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Path target = to.resolve(from.relativize(file).toString());
            if (attributes.isSymbolicLink()) {
              Files.createSymbolicLink(target, Files.readSymbolicLink(file));
            } else if (attributes.isRegularFile() && isPublic(file)) {
              Files.copy(file, target);
              Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-r--r--"));
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static boolean isPublic(Path file) throws IOException {
    return Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ);
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(file);
      }
    }
  }
}
