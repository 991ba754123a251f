package io.taskwright.sandbox.cgroup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** One folder of a cgroup file system. */
record CgroupFolder(Path path) {
  CgroupFolder make(String name) throws IOException {
    return new CgroupFolder(Files.createDirectories(path.resolve(name)));
  }

  Path file(String name) {
    return path.resolve(name);
  }

  void write(String name, long value) throws IOException {
    write(name, Long.toString(value));
  }

  void write(String name, String value) throws IOException {
    Files.writeString(file(name), value);
  }

  boolean has(String name) {
    return Files.exists(file(name));
  }

  String read(String name) throws IOException {
    return Files.readString(file(name)).strip();
  }

  /** The number that the file starts with; empty for {@code max} and for a missing file. */
  OptionalLong number(String name) {
    try {
      return number(words(read(name)), 0);
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }

  /** The number after the key at the start of a line; empty if there is none. */
  OptionalLong number(String name, String key) {
    try {
      for (String line : Files.readAllLines(file(name))) {
        List<String> words = words(line);
        if (words.getFirst().equals(key)) {
          return number(words, 1);
        }
      }
    } catch (IOException e) {
      // Not there: nothing to be told.
    }
    return OptionalLong.empty();
  }

  List<CgroupFolder> children() throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      return files.filter(Files::isDirectory).map(CgroupFolder::new).toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  List<Long> processes() throws IOException {
    return Files.readAllLines(file("cgroup.procs")).stream().map(Long::valueOf).toList();
  }

  /** Kills each process that is in it. One that is made meanwhile is for the next call. */
  void killProcesses() {
    boolean _ = killProcessesBut(ProcessHandle.current().pid());
  }

  /** Kills each process that is in it but one; tells whether there was any. */
  boolean killProcessesBut(long spared) {
    boolean any = false;
    try {
      for (long pid : processes()) {
        if (pid != spared) {
          any = true;
          // The handle knows when the process was started: another one of the same id is spared.
          ProcessHandle.of(pid).ifPresent(handle -> killIfStillHere(pid, handle));
        }
      }
    } catch (IOException e) {
      // It is gone, and they are.
    }
    return any;
  }

  private void killIfStillHere(long pid, ProcessHandle handle) {
    try {
      if (processes().contains(pid)) {
        handle.destroyForcibly();
      }
    } catch (IOException e) {
      // It is gone, and they are.
    }
  }

  /** Removes it if nothing is in it; the files in it are the kernel's own. */
  boolean delete() {
    try {
      Files.deleteIfExists(path);
      return true;
    } catch (IOException e) {
      return false; // Busy: a process in it has not ended yet.
    }
  }

  private static List<String> words(String line) {
    return List.of(line.split(" ", -1));
  }

  private static OptionalLong number(List<String> words, int index) {
    String word = words.size() > index ? words.get(index) : "";
    return word.matches("[0-9]{1,18}")
        ? OptionalLong.of(Long.parseLong(word))
        : OptionalLong.empty();
  }
}
