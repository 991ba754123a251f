package io.taskwright.workers;

/** What a core process does again and again beside its work, from its start to its end. */
public interface Chore extends AutoCloseable {
  /** Begins. */
  void start();

  @Override
  void close();
}
