package io.taskwright.app.machine;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How a main class of this very program is started as another process.
 *
 * @param java the launcher of the running JDK
 * @param classPath the class path of this process
 * @param mainClass the class that is started
 */
public record JavaProgram(Path java, String classPath, String mainClass) {
  /** The main class, on the JDK and the class path of this process. */
  public static JavaProgram of(Class<?> mainClass) {
    return new JavaProgram(
        Path.of(System.getProperty("java.home"), "bin", "java"),
        System.getProperty("java.class.path"),
        mainClass.getName());
  }

  /** The command line with these options for the virtual machine and these arguments. */
  public List<String> command(List<String> options, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(java.toString());
    command.addAll(options);
    command.addAll(List.of("-cp", classPath, mainClass));
    command.addAll(arguments);
    return command;
  }

  /** What the build has made a class cache for. */
  public enum Rehearsed {
    /** The command line and the supervisor. */
    COMMAND,
    /** The server; the executor has most classes in common with it. */
    SERVER;

    private String file() {
      return name().toLowerCase(Locale.ROOT) + ".aot";
    }
  }

  /**
   * The option that loads classes from the cache that was made with the distribution; nothing when
   * there is none. Java goes without a cache that does not fit its own version or the jars.
   */
  public Optional<String> classCache(Rehearsed rehearsed) {
    if (classPath.contains(File.pathSeparator)) {
      return Optional.empty();
    }
    return Optional.ofNullable(Path.of(classPath).toAbsolutePath().getParent())
        .map(lib -> lib.resolve(rehearsed.file()))
        .filter(Files::isRegularFile)
        .map(file -> "-XX:AOTCache=" + file);
  }
}
