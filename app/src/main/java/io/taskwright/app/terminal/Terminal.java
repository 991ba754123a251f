package io.taskwright.app.terminal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What one of this process's streams leads to.
 *
 * @param interactive whether a person watches, on a terminal that can move its cursor
 * @param width columns that a line may have
 * @param colored whether colors are wanted
 */
public record Terminal(boolean interactive, int width, boolean colored) {
  /** What is not watched, as a file or a pipe: nothing is cut there. */
  public static final Terminal NONE = new Terminal(false, Integer.MAX_VALUE, false);

  private static final int USUAL_WIDTH = 80;

  private static final Path TTY = Path.of("/dev/tty");

  /** Where stdout leads to. */
  public static Terminal out() {
    return of(1);
  }

  /** Where stderr leads to. */
  public static Terminal err() {
    return of(2);
  }

  private static Terminal of(int descriptor) {
    Map<String, String> environment = System.getenv();
    if (!isTerminal(descriptor) || environment.getOrDefault("TERM", "dumb").equals("dumb")) {
      return NONE;
    }
    return new Terminal(true, columns(), environment.getOrDefault("NO_COLOR", "").isEmpty());
  }

  private static boolean isTerminal(int descriptor) {
    try {
      Path target = Files.readSymbolicLink(Path.of("/proc/self/fd", Integer.toString(descriptor)));
      return target.startsWith("/dev/pts")
          || target.toString().startsWith("/dev/tty")
          || target.toString().equals("/dev/console");
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  private static int columns() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(TTY.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String[] size =
          new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
              .strip()
              .split(" ", -1);
      int columns = size.length == 2 ? Integer.parseInt(size[1]) : 0;
      return columns < 20 ? USUAL_WIDTH : columns;
    } catch (IOException | NumberFormatException e) {
      return USUAL_WIDTH;
    }
  }
}
