package io.taskwright.app.terminal;

import java.io.PrintWriter;

/**
 * Lines as they come, and below them how far it is: a bar on a terminal, else a line whenever
 * something changed.
 */
public final class LiveLines {
  private static final int BAR = 24;
  private static final String START_OVER = "\r\u001b[K";

  private final PrintWriter out;
  private final Terminal terminal;
  private String shown = "";
  private String last = "";

  public LiveLines(PrintWriter out, Terminal terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** The colors that fit where the lines go. */
  public Paint paint() {
    return new Paint(terminal.colored());
  }

  /** Adds a line. */
  public synchronized void line(String text) {
    if (!shown.isEmpty()) {
      out.print(START_OVER);
    }
    out.println(text);
    out.print(shown);
    out.flush();
  }

  /**
   * Says how far it is.
   *
   * @param fraction 0 to 1
   */
  public synchronized void progress(double fraction, String message) {
    int percent = (int) Math.floor(fraction * 100);
    String words = Harmless.line(message).replace('\t', ' ');
    String said = percent + " " + words;
    if (said.equals(last)) {
      return;
    }
    last = said;
    if (terminal.interactive()) {
      shown = bar(percent, words, terminal.width() - 1);
      out.print(START_OVER + shown);
      out.flush();
    } else {
      out.println(("%3d %%  ".formatted(percent) + words).stripTrailing());
      out.flush();
    }
  }

  static String bar(int percent, String words, int width) {
    int done = percent * BAR / 100;
    String bar =
        "[" + "#".repeat(done) + "-".repeat(BAR - done) + "] %3d %%  ".formatted(percent) + words;
    return Columns.cut(bar.stripTrailing(), width);
  }

  /** Nothing more comes; the bar goes. */
  public synchronized void end() {
    if (!shown.isEmpty()) {
      out.print(START_OVER);
      out.flush();
      shown = "";
    }
  }
}
