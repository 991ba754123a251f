package io.taskwright.app.terminal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Rows under heads. Cells that need not be whole are cut when the screen is too narrow. */
public final class Table {
  private static final int GAP = 2;
  private static final int NARROWEST = 6;

  private final List<List<String>> rows = new ArrayList<>();
  private final Set<Integer> cuttable = new HashSet<>();

  /** A table with these heads. */
  public Table(String... heads) {
    rows.add(List.of(heads));
  }

  /** The columns of these heads may be cut. */
  public Table cutting(String... heads) {
    for (String head : heads) {
      cuttable.add(rows.getFirst().indexOf(head));
    }
    return this;
  }

  /** Adds a row. */
  public Table row(String... cells) {
    rows.add(Arrays.stream(cells).map(cell -> Harmless.line(cell.replace('\t', ' '))).toList());
    return this;
  }

  /** Its lines. */
  public String text(int width) {
    int[] widths = widths(width);
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        line.append(Columns.pad(Columns.cut(row.get(i), widths[i]), widths[i] + GAP));
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private int[] widths(int width) {
    int[] widths = new int[rows.getFirst().size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], Columns.of(row.get(i)));
      }
    }
    int tooMuch = Arrays.stream(widths).sum() + GAP * (widths.length - 1) - width;
    while (tooMuch > 0 && shrink(widths)) {
      tooMuch--;
    }
    return widths;
  }

  /** Takes one column of the screen from the widest that may be cut. */
  private boolean shrink(int[] widths) {
    int widest = -1;
    for (int i = 0; i < widths.length; i++) {
      if (cuttable.contains(i)
          && widths[i] > NARROWEST
          && (widest < 0 || widths[i] > widths[widest])) {
        widest = i;
      }
    }
    if (widest < 0) {
      return false;
    }
    widths[widest]--;
    return true;
  }
}
