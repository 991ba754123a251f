package io.taskwright.sandbox.javascript;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The compiled forms of the sources that were run last. */
final class Bytecodes {
  private final Map<String, byte[]> bySource = new LinkedHashMap<>(64, 0.75f, true);
  private final long most;
  private long size;

  /**
   * Keeps so many bytes of sources and bytecode together.
   *
   * @param most bytes
   */
  Bytecodes(long most) {
    this.most = most;
  }

  synchronized byte @Nullable [] find(String source) {
    return bySource.get(source);
  }

  synchronized void keep(String source, byte[] bytecode) {
    if (weight(source, bytecode) > most / 4 || bySource.putIfAbsent(source, bytecode) != null) {
      return;
    }
    size += weight(source, bytecode);
    Iterator<Map.Entry<String, byte[]>> oldest = bySource.entrySet().iterator();
    while (size > most) {
      Map.Entry<String, byte[]> entry = oldest.next();
      size -= weight(entry.getKey(), entry.getValue());
      oldest.remove();
    }
  }

  private static long weight(String source, byte[] bytecode) {
    return 2L * source.length() + bytecode.length;
  }
}
