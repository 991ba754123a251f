package io.taskwright.sandbox.wasm;

import java.io.ByteArrayOutputStream;

/**
 * Looks over a module's bytes before they are parsed. A few bytes can ask for much: a function for
 * fifty thousand variables, a section for a million entries. So their number is bounded first.
 *
 * @param bytes the module without its custom sections, which nothing here needs
 * @param code how many bytes of code there are
 * @param data how many bytes of data there are
 * @param functions how many functions there are
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ModuleScan(byte[] bytes, int code, int data, int functions) {
  /** The most bytes of a module. */
  static final int MOST_BYTES = 16 << 20;

  /** The most bytes of code in it. */
  static final int MOST_CODE = 3 << 20;

  /** The most bytes of everything else: types, tables, imports, exports. */
  static final int MOST_OTHER = 256 << 10;

  /** A method of the virtual machine has at most 64 KiB, and is longer than what it is made of. */
  private static final int MOST_FUNCTION = 128 << 10;

  /** Each takes a third of a millisecond to compile, however small it is: measured. */
  private static final int MOST_FUNCTIONS = 20_000;

  private static final int MOST_FUNCTION_LOCALS = 10_000;
  private static final int MOST_LOCALS = 1_000_000;
  private static final int CUSTOM = 0;
  private static final int CODE = 10;
  private static final int DATA = 11;

  /** References to a type of the module's own; the type follows. */
  private static final int REFERENCE = 0x64;

  private static final int NULLABLE_REFERENCE = 0x63;
  private static final int HEAD = 8;

  static ModuleScan of(byte[] module) throws UnusableModuleException {
    head(module);
    ByteArrayOutputStream kept = new ByteArrayOutputStream(module.length);
    kept.write(module, 0, HEAD);
    Cursor cursor = new Cursor(module, HEAD, module.length);
    int code = 0;
    int data = 0;
    int functions = 0;
    while (cursor.more()) {
      int start = cursor.at();
      int section = cursor.one();
      Cursor content = cursor.part();
      if (section == CODE) {
        code += content.left();
        functions += functions(content);
      }
      if (section == DATA) {
        data += content.left();
      }
      if (section != CUSTOM) {
        kept.write(module, start, cursor.at() - start);
      }
    }
    most("bytes of code", code, MOST_CODE);
    most("bytes of types, tables and names", kept.size() - code - data, MOST_OTHER);
    return new ModuleScan(kept.toByteArray(), code, data, functions);
  }

  private static void most(String what, int there, int most) throws UnusableModuleException {
    if (there > most) {
      throw new UnusableModuleException(
          "the module has %d %s, and may have %d: optimise it for size, or leave something out"
              .formatted(there, what, most));
    }
  }

  private static void head(byte[] module) throws UnusableModuleException {
    if (module.length > MOST_BYTES) {
      throw new UnusableModuleException("a module has at most " + MOST_BYTES + " bytes");
    }
    boolean magic =
        module.length >= HEAD
            && module[0] == 0
            && module[1] == 'a'
            && module[2] == 's'
            && module[3] == 'm';
    if (!magic) {
      throw new UnusableModuleException(
          "the entry is no WebAssembly: its first bytes are not \\0asm; compile the program for"
              + " wasm32-wasip1 and name the .wasm file as the entry");
    }
    if (module[4] != 1 || module[5] != 0 || module[6] != 0 || module[7] != 0) {
      throw new UnusableModuleException(
          "the entry is no core module of version 1 (a component of WASI 0.2, perhaps): compile"
              + " the program for wasm32-wasip1");
    }
  }

  private static int functions(Cursor code) throws UnusableModuleException {
    long count = code.number();
    if (count > MOST_FUNCTIONS) {
      throw new UnusableModuleException(
          "the module has %d functions, and may have %d: let the linker drop what is not called"
              .formatted(count, MOST_FUNCTIONS));
    }
    long all = 0;
    for (long i = 0; i < count; i++) {
      Cursor function = code.part();
      long locals = locals(function);
      all += locals;
      if (function.left() > MOST_FUNCTION || locals > MOST_FUNCTION_LOCALS || all > MOST_LOCALS) {
        throw new UnusableModuleException(
            "function "
                + i
                + " of the module is too large to be compiled, or has too many variables: let the"
                + " compiler inline less");
      }
    }
    return (int) count;
  }

  private static long locals(Cursor function) throws UnusableModuleException {
    long groups = function.number();
    long locals = 0;
    for (long i = 0; i < groups; i++) {
      locals += function.number();
      int type = function.one();
      if (type == REFERENCE || type == NULLABLE_REFERENCE) {
        function.number();
      }
    }
    return locals;
  }

  /** Reads on in a part of the bytes. */
  private static final class Cursor {
    private final byte[] bytes;
    private final int end;
    private int at;

    Cursor(byte[] bytes, int at, int end) {
      this.bytes = bytes;
      this.at = at;
      this.end = end;
    }

    boolean more() {
      return at < end;
    }

    int at() {
      return at;
    }

    int left() {
      return end - at;
    }

    int one() throws UnusableModuleException {
      if (at >= end) {
        throw new UnusableModuleException(
            "the module ends too early: it was cut, or is no WebAssembly after its first bytes");
      }
      return bytes[at++] & 0xFF;
    }

    /** An unsigned number of at most 32 bits. */
    long number() throws UnusableModuleException {
      long value = 0;
      for (int shift = 0; shift < 35; shift += 7) {
        int next = one();
        value |= (long) (next & 0x7F) << shift;
        if (next < 0x80) {
          return value;
        }
      }
      throw new UnusableModuleException("a number in the module is too long");
    }

    /** What follows, as long as the number before it says. */
    Cursor part() throws UnusableModuleException {
      long length = number();
      if (length > left()) {
        throw new UnusableModuleException(
            "the module ends too early: it was cut, or is no WebAssembly after its first bytes");
      }
      int start = at;
      at += (int) length;
      return new Cursor(bytes, start, at);
    }
  }
}
