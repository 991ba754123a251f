package io.taskwright.sandbox.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import run.endive.runtime.ByteArrayMemory;
import run.endive.runtime.Memory;
import run.endive.wasm.types.MemoryLimits;

/** It is the library's memory but for its growth. */
final class BoundedMemoryTest {
  private static final MemoryLimits LIMITS = new MemoryLimits(1, 4);
  private static final long PAGE = Memory.PAGE_SIZE;

  private final Memory plain = new ByteArrayMemory(LIMITS);

  static List<Consumer<Memory>> writes() {
    return List.of(
        memory -> memory.write(9, new byte[] {1, 2, 3, 4}, 1, 2),
        memory -> memory.writeByte(8, (byte) -7),
        memory -> memory.writeShort(8, (short) -31000),
        memory -> memory.writeI32(8, 0x81020304),
        memory -> memory.writeLong(8, 0x8102030405060708L),
        memory -> memory.writeF32(8, -1.5f),
        memory -> memory.writeF64(8, Math.PI),
        memory -> memory.fill((byte) 5, 3, 20));
  }

  @ParameterizedTest
  @MethodSource("writes")
  void readsWhatWasWrittenAsTheLibrarysDoes(Consumer<Memory> write) {
    BoundedMemory bounded = memory(1L << 30);
    Stream.of(plain, bounded).forEach(write);
    assertSame(bounded, memory -> List.of(memory.read(8), memory.readShort(8), memory.readU16(8)));
    assertSame(bounded, memory -> List.of(memory.readInt(8), memory.readLong(8)));
    assertSame(bounded, memory -> List.of(memory.readFloat(8), memory.readF32(8)));
    assertSame(bounded, memory -> List.of(memory.readDouble(8), memory.readF64(8)));
    Stream.of(plain, bounded).forEach(memory -> memory.copy(100, 0, 40));
    assertThat(bounded.readBytes(0, 200)).isEqualTo(plain.readBytes(0, 200));
    bounded.zero();
    assertThat(bounded.readBytes(0, 200)).containsOnly(0);
  }

  @Test
  void isAsLargeAsTheLibrarys() {
    BoundedMemory bounded = memory(1L << 30);
    assertSame(bounded, Memory::pages);
    assertSame(bounded, Memory::initialPages);
    assertSame(bounded, Memory::maximumPages);
    assertSame(bounded, Memory::shared);
  }

  @Test
  void growsAsFarAsItsLimitAndTheBudgetAllow() {
    BoundedMemory bounded = memory(2 * PAGE);
    assertThat(bounded.grow(2)).isEqualTo(1);
    assertThat(bounded.taken()).isEqualTo(2 * PAGE);
    assertThat(bounded.grow(1)).isEqualTo(-1);
    assertThat(bounded.budgetReached()).isTrue();
    assertThat(bounded.limitReached()).isFalse();
    assertThat(bounded.grow(2)).isEqualTo(-1);
    assertThat(bounded.limitReached()).isTrue();
    assertThat(bounded.bytes()).isEqualTo(3 * PAGE);
  }

  @Test
  @SuppressWarnings("removal")
  void isOfOneThread() {
    BoundedMemory bounded = memory(0);
    assertThatThrownBy(() -> bounded.lock(0)).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> bounded.waitOn(0, 1, 1L)).hasMessageContaining("one thread");
    assertThatThrownBy(() -> bounded.waitOn(0, 1L, 1L)).hasMessageContaining("one thread");
    assertThatThrownBy(() -> bounded.notify(0, 1)).hasMessageContaining("one thread");
  }

  private void assertSame(BoundedMemory bounded, Function<Memory, Object> reading) {
    assertThat(reading.apply(bounded)).isEqualTo(reading.apply(plain));
  }

  private static BoundedMemory memory(long budget) {
    return new BoundedMemory(LIMITS, new HeapBudget(budget));
  }
}
