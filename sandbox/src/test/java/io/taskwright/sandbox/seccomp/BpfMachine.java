package io.taskwright.sandbox.seccomp;

import io.taskwright.sandbox.seccomp.BpfProgram.Instruction;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Runs a filter as the kernel does, on one system call. */
final class BpfMachine {
  private BpfMachine() {}

  static String run(BpfProgram program, int architecture, int number, long... arguments) {
    ByteBuffer data = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    data.putInt(number).putInt(architecture).putLong(0);
    for (long argument : arguments) {
      data.putLong(argument);
    }
    int accumulator = 0;
    int at = 0;
    while (true) {
      Instruction one = program.instructions().get(at++);
      switch (one.code()) {
        case Instruction.LOAD -> accumulator = data.getInt(one.operand());
        case Instruction.AND -> accumulator &= one.operand();
        case Instruction.JUMP -> at += one.operand();
        case Instruction.IF_EQUAL -> at += accumulator == one.operand() ? one.yes() : one.no();
        case Instruction.IF_NOT_BELOW ->
            at += Integer.compareUnsigned(accumulator, one.operand()) >= 0 ? one.yes() : one.no();
        case Instruction.RETURN -> {
          return name(one.operand());
        }
        default -> throw new AssertionError("the kernel knows no " + one);
      }
    }
  }

  private static String name(int result) {
    return switch (result & 0xFFFF0000) {
      case 0x7FFF0000 -> "allow";
      case 0x80000000 -> "kill";
      case 0x00050000 -> "errno " + (result & 0xFFFF);
      default -> throw new AssertionError("no such result: " + result);
    };
  }
}
