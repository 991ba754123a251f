package io.taskwright.sandbox.bubblewrap;

import io.taskwright.model.definition.TaskRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * The interpreters of the host, looked for where the system has them, never in anybody's home.
 *
 * @param programs each one's path inside an environment
 * @param jdk the JDK's folder on the host if it must be brought in, because it is outside {@code
 *     /usr}
 * @param jdkVersion of the JDK, with its vendor's build; empty without one
 */
record HostInterpreters(Map<TaskRuntime, String> programs, Optional<Path> jdk, String jdkVersion) {
  /** Where a JDK from outside {@code /usr} is inside. */
  static final String JDK_INSIDE = "/opt/jdk";

  private static final int OLDEST_JDK = 17;

  static HostInterpreters find() {
    List<Path> jdks = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"))));
    try (Stream<Path> system = Files.list(Path.of("/usr/lib/jvm"))) {
      system.sorted().forEach(jdks::add);
    } catch (IOException e) {
      // There is none.
    }
    return find(Path.of("/"), jdks);
  }

  static HostInterpreters find(Path root, List<Path> jdks) {
    Map<TaskRuntime, String> programs = new EnumMap<>(TaskRuntime.class);
    first(root, "usr/bin/python3").ifPresent(path -> programs.put(TaskRuntime.PYTHON, path));
    first(root, "usr/bin/node", "usr/bin/nodejs")
        .ifPresent(path -> programs.put(TaskRuntime.NODE, path));
    first(root, "bin/bash").ifPresent(path -> programs.put(TaskRuntime.BASH, path));
    Optional<Jdk> jdk =
        jdks.stream()
            .flatMap(folder -> Jdk.at(folder).stream())
            .filter(one -> one.feature() >= OLDEST_JDK)
            .max(Comparator.comparingInt(Jdk::feature));
    jdk.ifPresent(one -> programs.put(TaskRuntime.JAVA, one.inside() + "/bin/java"));
    return new HostInterpreters(
        Map.copyOf(programs),
        jdk.filter(Jdk::outsideUsr).map(Jdk::home),
        jdk.map(Jdk::version).orElse(""));
  }

  private static Optional<String> first(Path root, String... paths) {
    return Stream.of(paths)
        .filter(path -> Files.isExecutable(root.resolve(path)))
        .map(path -> "/" + path)
        .findFirst();
  }

  private record Jdk(Path home, int feature, String version) {
    /** The JDK in the folder, if there is one with a compiler. */
    static Optional<Jdk> at(Path folder) {
      Properties release = new Properties();
      try (var reader = Files.newBufferedReader(folder.resolve("release"))) {
        release.load(reader);
        Path home = folder.toRealPath();
        String version = unquoted(release.getProperty("JAVA_VERSION", "0"));
        boolean whole =
            Files.isExecutable(home.resolve("bin/java"))
                && release.getProperty("MODULES", "").contains("jdk.compiler");
        String build = version + " " + unquoted(release.getProperty("IMPLEMENTOR_VERSION", ""));
        return whole
            ? Optional.of(new Jdk(home, Runtime.Version.parse(version).feature(), build))
            : Optional.empty();
      } catch (IOException | IllegalArgumentException e) {
        return Optional.empty();
      }
    }

    boolean outsideUsr() {
      return !home.startsWith("/usr");
    }

    String inside() {
      return outsideUsr() ? JDK_INSIDE : home.toString();
    }

    private static String unquoted(String text) {
      return text.replace("\"", "");
    }
  }
}
