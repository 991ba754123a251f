package io.taskwright.sandbox.bubblewrap;

import io.taskwright.sandbox.guest.Leftovers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    Leftovers.remove(folder);
    Files.createDirectories(folder);
    write(
        folder,
        "passwd",
        "root:x:0:0:root:/:/usr/sbin/nologin\ntask:x:%1$d:%1$d:task:/task/work:/bin/bash\n");
    write(folder, "group", "root:x:0:\ntask:x:%1$d:\n");
    write(folder, "nsswitch.conf", "passwd: files\ngroup: files\nhosts: files\n");
    write(folder, "hosts", "127.0.0.1 localhost\n::1 localhost\n");
    PublicFiles.copy(host.resolve("ld.so.cache"), folder.resolve("ld.so.cache"));
    PublicFiles.copy(host.resolve("alternatives"), folder.resolve("alternatives"));
    try (Stream<Path> files = Files.list(host)) {
      for (Path file : files.filter(SyntheticEtc::configuresJava).toList()) {
        PublicFiles.copy(file, folder.resolve(String.valueOf(file.getFileName())));
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
}
