package io.taskwright.sandbox.wasi;

import io.taskwright.sandbox.wasm.HeapBudget;

/** How much a program may put into its files: they lie in this process's heap. */
public final class Room {
  private final long mostBytes;
  private final int mostFiles;
  private final HeapBudget budget;
  private long bytes;
  private int files;
  private boolean full;
  private boolean tooMany;
  private boolean noHeap;

  /**
   * Room for so much.
   *
   * @param mostBytes of all files together
   * @param mostFiles files and folders
   * @param budget what it is taken from
   */
  public Room(long mostBytes, int mostFiles, HeapBudget budget) {
    this.mostBytes = mostBytes;
    this.mostFiles = mostFiles;
    this.budget = budget;
  }

  boolean take(long more) {
    if (more > mostBytes - bytes) {
      full = true;
      return false;
    }
    if (!budget.take(more)) {
      noHeap = true;
      return false;
    }
    bytes += more;
    return true;
  }

  void giveBack(long less) {
    bytes -= less;
    budget.giveBack(less);
  }

  void addFile() {
    if (files >= mostFiles) {
      tooMany = true;
      throw new ErrnoException(Errno.NO_SPACE);
    }
    files++;
  }

  void removeFile() {
    files--;
  }

  /** How many bytes the files hold. */
  public long bytes() {
    return bytes;
  }

  /** How many files and folders there are. */
  public int files() {
    return files;
  }

  /** Whether a write was refused because the files are full. */
  public boolean full() {
    return full;
  }

  /** Whether a file was refused because there are too many. */
  public boolean tooMany() {
    return tooMany;
  }

  /** Whether a write was refused because the process has no heap left. */
  public boolean noHeap() {
    return noHeap;
  }

  /** The run is over: gives everything back. */
  public void close() {
    giveBack(bytes);
  }
}
