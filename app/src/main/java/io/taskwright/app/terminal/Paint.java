package io.taskwright.app.terminal;

/**
 * Colors.
 *
 * @param on whether there are any
 */
public record Paint(boolean on) {
  public String dim(String text) {
    return painted("2", text);
  }

  public String red(String text) {
    return painted("31", text);
  }

  public String green(String text) {
    return painted("32", text);
  }

  public String yellow(String text) {
    return painted("33", text);
  }

  private String painted(String code, String text) {
    return on ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
