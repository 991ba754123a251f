package io.taskwright.sandbox.seccomp;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/** A processor that there are environments for. */
public enum Architecture {
  X86_64("x86_64", "amd64", 0xC000003E, OptionalLong.of(0x40000000L)),
  AARCH64("aarch64", "aarch64", 0xC00000B7, OptionalLong.empty());

  private final String kernelName;
  private final String javaName;
  private final int auditNumber;
  private final OptionalLong otherAbi;

  Architecture(String kernelName, String javaName, int auditNumber, OptionalLong otherAbi) {
    this.kernelName = kernelName;
    this.javaName = javaName;
    this.auditNumber = auditNumber;
    this.otherAbi = otherAbi;
  }

  /** The one that this virtual machine runs on; empty if there are no environments for it. */
  public static Optional<Architecture> current() {
    String name = System.getProperty("os.arch");
    return Arrays.stream(values()).filter(one -> one.javaName.equals(name)).findFirst();
  }

  /** As {@code uname -m} says it. */
  public String kernelName() {
    return kernelName;
  }

  /** As the kernel tells filters which architecture a call was made for. */
  int auditNumber() {
    return auditNumber;
  }

  /** From this number on, calls are those of another ABI (x32), which is not let in. */
  OptionalLong otherAbi() {
    return otherAbi;
  }
}
