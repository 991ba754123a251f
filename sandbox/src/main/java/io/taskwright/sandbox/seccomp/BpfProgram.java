package io.taskwright.sandbox.seccomp;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** A classic BPF program, as the kernel takes it for a seccomp filter. */
public record BpfProgram(List<Instruction> instructions) {
  /** The most that the kernel takes. */
  private static final int MOST = 4096;

  public BpfProgram {
    instructions = List.copyOf(instructions);
    if (instructions.size() > MOST) {
      throw new IllegalArgumentException("too long for the kernel: " + instructions.size());
    }
  }

  /**
   * One step.
   *
   * @param code the operation
   * @param yes steps to leave out if a comparison holds
   * @param no steps to leave out if it does not
   * @param operand unsigned
   */
  record Instruction(int code, int yes, int no, int operand) {
    static final int LOAD = 0x20;
    static final int AND = 0x54;
    static final int JUMP = 0x05;
    static final int IF_EQUAL = 0x15;
    static final int IF_NOT_BELOW = 0x35;
    static final int RETURN = 0x06;

    /** The most steps that a comparison can leave out. */
    static final int FAR = 255;

    Instruction(int code, int operand) {
      this(code, 0, 0, operand);
    }
  }

  /** The bytes that {@code bwrap --seccomp} reads: both architectures are little-endian. */
  public byte[] bytes() {
    ByteBuffer buffer = ByteBuffer.allocate(8 * instructions.size()).order(ByteOrder.LITTLE_ENDIAN);
    for (Instruction one : instructions) {
      buffer.putShort((short) one.code());
      buffer.put((byte) one.yes());
      buffer.put((byte) one.no());
      buffer.putInt(one.operand());
    }
    return buffer.array();
  }
}
