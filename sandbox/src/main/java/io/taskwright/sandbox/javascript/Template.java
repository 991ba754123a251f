package io.taskwright.sandbox.javascript;

import io.taskwright.sandbox.resource.Resource;
import io.taskwright.sandbox.wasm.BoundedMemory;
import io.taskwright.sandbox.wasm.HeapBudget;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import run.endive.runtime.Memory;

/**
 * The memory of an interpreter that is ready for a program. Each run gets a copy: that takes a
 * tenth of a millisecond, where making it anew takes several.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Template(int pages, byte[][] changed, long stackPointer) {
  private static final HostCalls NOBODY =
      new HostCalls() {
        @Override
        public String call(String name, String text) {
          throw new IllegalStateException("the prelude calls nobody while it is read");
        }

        @Override
        public void write(boolean error, byte[] bytes) {
          throw new IllegalStateException(new String(bytes, StandardCharsets.UTF_8));
        }

        @Override
        public long longestText() {
          return 0;
        }
      };

  private static final int PAGES = 256;

  static Template make() {
    HeapBudget budget = new HeapBudget(Long.MAX_VALUE);
    Interpreter bare = Interpreter.bare(NOBODY, PAGES, budget);
    Interpreter ready = Interpreter.bare(NOBODY, PAGES, budget);
    ready.initialize();
    ready.evaluate(ready.compile(Resource.text(Template.class, "prelude.js")));
    byte[][] changed = new byte[ready.memory().pages()][];
    for (int page = 0; page < changed.length; page++) {
      byte[] now = bytes(ready.memory(), page);
      byte[] before =
          page < bare.memory().pages() ? bytes(bare.memory(), page) : new byte[Memory.PAGE_SIZE];
      changed[page] = Arrays.equals(now, before) ? new byte[0] : now;
    }
    return new Template(changed.length, changed, ready.stackPointer());
  }

  /** An interpreter that is ready, or null if not even that much memory is left. */
  @Nullable Interpreter copy(HostCalls host, int mostPages, HeapBudget budget) {
    Interpreter copy = Interpreter.bare(host, Math.max(mostPages, pages), budget);
    if (copy.memory().grow(pages - copy.memory().pages()) < 0) {
      return null;
    }
    for (int page = 0; page < pages; page++) {
      copy.memory().write(page * Memory.PAGE_SIZE, changed[page], 0, changed[page].length);
    }
    copy.stackPointer(stackPointer);
    return copy;
  }

  private static byte[] bytes(BoundedMemory memory, int page) {
    return memory.readBytes(page * Memory.PAGE_SIZE, Memory.PAGE_SIZE);
  }
}
