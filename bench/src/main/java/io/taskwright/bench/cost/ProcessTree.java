package io.taskwright.bench.cost;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** All processes of the machine at one moment, with what they have used. */
final class ProcessTree {
  private final Map<Long, ProcessTimes> times = new HashMap<>();

  private ProcessTree() {}

  static ProcessTree now() {
    ProcessTree tree = new ProcessTree();
    try (Stream<Path> folders = Files.list(Path.of("/proc"))) {
      folders
          .map(folder -> folder.getFileName().toString())
          .filter(name -> name.matches("[0-9]+"))
          .map(Long::parseLong)
          .forEach(pid -> ProcessTimes.of(pid).ifPresent(found -> tree.times.put(pid, found)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return tree;
  }

  /** What a process has used by itself. */
  Duration own(long pid) {
    ProcessTimes found = times.get(pid);
    return found == null ? Duration.ZERO : found.own();
  }

  /** What a process and all its descendants have used, ended ones included. */
  Duration whole(long pid) {
    Set<Long> family = new HashSet<>(List.of(pid));
    List<Long> open = new ArrayList<>(family);
    while (!open.isEmpty()) {
      List<Long> children = children(open.removeLast());
      family.addAll(children);
      open.addAll(children);
    }
    return family.stream()
        .map(times::get)
        .filter(Objects::nonNull)
        .map(ProcessTimes::all)
        .reduce(Duration.ZERO, Duration::plus);
  }

  /** What those direct children have used whose command line has this text in it. */
  Duration children(long pid, String text) {
    return children(pid).stream()
        .filter(child -> commandLine(child).contains(text))
        .map(this::own)
        .reduce(Duration.ZERO, Duration::plus);
  }

  private List<Long> children(long pid) {
    return times.entrySet().stream()
        .filter(each -> each.getValue().parent() == pid)
        .map(Map.Entry::getKey)
        .toList();
  }

  private static String commandLine(long pid) {
    try {
      return Files.readString(
          Path.of("/proc", Long.toString(pid), "cmdline"), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return ""; // it is gone
    }
  }
}
