package io.taskwright.sandbox.wasm;

import run.endive.runtime.ByteArrayMemory;
import run.endive.runtime.Instance;
import run.endive.runtime.Memory;
import run.endive.wasm.types.DataSegment;
import run.endive.wasm.types.MemoryLimits;

/**
 * The memory of one run: the library's own, but it grows only as far as the run's limit and the
 * process's budget allow, and remembers which of the two refused. (Handing every access on costs
 * five percent: measured.)
 */
public final class BoundedMemory implements Memory {
  private final ByteArrayMemory pages;
  private final HeapBudget budget;
  private long taken;
  private boolean limitReached;
  private boolean budgetReached;

  /** Holds as much as the limits say it has at first. */
  public BoundedMemory(MemoryLimits limits, HeapBudget budget) {
    this.pages = new ByteArrayMemory(limits);
    this.budget = budget;
  }

  /** Whether the program was refused memory because of its own limit. */
  public boolean limitReached() {
    return limitReached;
  }

  /** Whether the program was refused memory because the process has none left for it. */
  public boolean budgetReached() {
    return budgetReached;
  }

  /** What it took of the budget and nobody gave back yet. */
  public long taken() {
    return taken;
  }

  /** What it holds. */
  public long bytes() {
    return (long) PAGE_SIZE * pages.pages();
  }

  @Override
  public int grow(int more) {
    long bytes = (long) PAGE_SIZE * more;
    if (more < 0 || more > pages.maximumPages() - pages.pages()) {
      limitReached = true;
      return -1;
    }
    if (!budget.take(bytes)) {
      budgetReached = true;
      return -1;
    }
    taken += bytes;
    return pages.grow(more);
  }

  @Override
  public int pages() {
    return pages.pages();
  }

  @Override
  public int initialPages() {
    return pages.initialPages();
  }

  @Override
  public int maximumPages() {
    return pages.maximumPages();
  }

  @Override
  public boolean shared() {
    return pages.shared();
  }

  @Override
  public void initialize(Instance instance, DataSegment[] segments) {
    pages.initialize(instance, segments);
  }

  @Override
  public void initialize(Instance instance, DataSegment[] segments, int index) {
    pages.initialize(instance, segments, index);
  }

  @Override
  public void initPassiveSegment(int segment, int to, int offset, int size) {
    pages.initPassiveSegment(segment, to, offset, size);
  }

  @Override
  public void drop(int segment) {
    pages.drop(segment);
  }

  @Override
  public void zero() {
    pages.zero();
  }

  @Override
  public void fill(byte value, int from, int to) {
    pages.fill(value, from, to);
  }

  @Override
  public void copy(int to, int from, int size) {
    pages.copy(to, from, size);
  }

  @Override
  public void write(int address, byte[] data, int offset, int size) {
    pages.write(address, data, offset, size);
  }

  @Override
  public byte[] readBytes(int address, int length) {
    return pages.readBytes(address, length);
  }

  @Override
  public byte read(int address) {
    return pages.read(address);
  }

  @Override
  public void writeByte(int address, byte data) {
    pages.writeByte(address, data);
  }

  @Override
  public short readShort(int address) {
    return pages.readShort(address);
  }

  @Override
  public long readU16(int address) {
    return pages.readU16(address);
  }

  @Override
  public void writeShort(int address, short data) {
    pages.writeShort(address, data);
  }

  @Override
  public int readInt(int address) {
    return pages.readInt(address);
  }

  @Override
  public void writeI32(int address, int data) {
    pages.writeI32(address, data);
  }

  @Override
  public long readLong(int address) {
    return pages.readLong(address);
  }

  @Override
  public void writeLong(int address, long data) {
    pages.writeLong(address, data);
  }

  @Override
  public float readFloat(int address) {
    return pages.readFloat(address);
  }

  @Override
  public long readF32(int address) {
    return pages.readF32(address);
  }

  @Override
  public void writeF32(int address, float data) {
    pages.writeF32(address, data);
  }

  @Override
  public double readDouble(int address) {
    return pages.readDouble(address);
  }

  @Override
  public long readF64(int address) {
    return pages.readF64(address);
  }

  @Override
  public void writeF64(int address, double data) {
    pages.writeF64(address, data);
  }

  @Override
  @Deprecated(forRemoval = true)
  @SuppressWarnings("removal")
  public Object lock(int address) {
    throw unshared();
  }

  @Override
  @Deprecated(forRemoval = true)
  @SuppressWarnings("removal")
  public int waitOn(int address, int expected, long timeout) {
    throw unshared();
  }

  @Override
  @Deprecated(forRemoval = true)
  @SuppressWarnings("removal")
  public int waitOn(int address, long expected, long timeout) {
    throw unshared();
  }

  @Override
  @Deprecated(forRemoval = true)
  @SuppressWarnings("removal")
  public int notify(int address, int threads) {
    throw unshared();
  }

  private static UnsupportedOperationException unshared() {
    return new UnsupportedOperationException("this memory is of one thread only");
  }
}
