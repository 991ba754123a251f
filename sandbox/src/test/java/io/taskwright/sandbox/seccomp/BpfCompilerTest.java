package io.taskwright.sandbox.seccomp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The compiled filter decides as the profile says, on both architectures, for every number. */
final class BpfCompilerTest {
  private static final int EPERM = 1;
  private static final SeccompProfile PROFILE = SeccompProfile.own();

  @ParameterizedTest
  @EnumSource
  void decidesEveryCallAsTheProfileSays(Architecture architecture) {
    SystemCalls calls = SystemCalls.of(architecture);
    Set<String> conditional =
        PROFILE.rules().stream()
            .filter(rule -> !rule.conditions().isEmpty() || rule.errno() != 0)
            .map(SeccompProfile.Rule::name)
            .collect(Collectors.toSet());
    List<Integer> allowed = new ArrayList<>();
    calls
        .numbers()
        .forEach((name, number) -> {
          if (!conditional.contains(name)) {
            allowed.add(number);
          }
        });
    assertThat(allowed).hasSizeGreaterThan(200);
    List<Integer> others = new ArrayList<>();
    conditional.forEach(name -> others.add(calls.numbers().getOrDefault(name, -1)));
    for (int number = 0; number < calls.end(); number++) {
      if (!others.contains(number)) {
        String expected = allowed.contains(number) ? "allow" : "errno " + EPERM;
        assertThat(decide(architecture, number)).as("call %d", number).isEqualTo(expected);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void answersNewerCallsAsAnOldKernelDoes(Architecture architecture) {
    int end = SystemCalls.of(architecture).end();
    assertThat(decide(architecture, end)).isEqualTo("errno 38");
    assertThat(decide(architecture, 9999)).isEqualTo("errno 38");
    assertThat(decide(architecture, number(architecture, "clone3"))).isEqualTo("errno 38");
  }

  @ParameterizedTest
  @EnumSource
  void killsForAnotherArchitectureOrInterface(Architecture architecture) {
    BpfProgram program = BpfCompiler.compile(PROFILE, architecture);
    int i386 = 0x40000003;
    assertThat(BpfMachine.run(program, i386, 1)).isEqualTo("kill");
    int x32 = 0x40000000;
    String expected = architecture == Architecture.X86_64 ? "kill" : "errno 38";
    assertThat(decide(architecture, x32)).isEqualTo(expected);
    assertThat(decide(architecture, -1)).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource
  void letsOnlyPlainSocketsBeMade(Architecture architecture) {
    int socket = number(architecture, "socket");
    List<Integer> families = new ArrayList<>();
    for (int family = 0; family < 64; family++) {
      if (decide(architecture, socket, family).equals("allow")) {
        families.add(family);
      }
    }
    assertThat(families).containsExactly(1, 2, 10, 16);
    assertThat(decide(architecture, socket, 1L << 32 | 2)).isEqualTo("errno 1");
    int pair = number(architecture, "socketpair");
    assertThat(decide(architecture, pair, 1)).isEqualTo("allow");
    assertThat(decide(architecture, pair, 2)).isEqualTo("errno 1");
  }

  @ParameterizedTest
  @EnumSource
  void letsThreadsBeMadeButNoNamespaces(Architecture architecture) {
    int clone = number(architecture, "clone");
    long thread = 0x003D0F00;
    assertThat(decide(architecture, clone, thread)).isEqualTo("allow");
    assertThat(decide(architecture, clone, 17)).isEqualTo("allow");
    for (long namespace :
        new long[] {
          0x00020000, 0x02000000, 0x04000000, 0x08000000, 0x10000000, 0x20000000, 0x40000000
        }) {
      assertThat(decide(architecture, clone, thread | namespace)).isEqualTo("errno 1");
    }
  }

  @ParameterizedTest
  @EnumSource
  void keepsThePersonality(Architecture architecture) {
    int personality = number(architecture, "personality");
    assertThat(decide(architecture, personality, 0)).isEqualTo("allow");
    assertThat(decide(architecture, personality, 0xFFFFFFFFL)).isEqualTo("allow");
    assertThat(decide(architecture, personality, 0x0040000)).isEqualTo("errno 1");
    assertThat(decide(architecture, personality, 8)).isEqualTo("errno 1");
  }

  @Test
  void namesNothingThatLeadsOut() {
    assertThat(PROFILE.rules().stream().map(SeccompProfile.Rule::name))
        .doesNotContain(
            "io_uring_setup",
            "io_uring_enter",
            "io_uring_register",
            "ptrace",
            "process_vm_readv",
            "process_vm_writev",
            "pidfd_getfd",
            "pidfd_open",
            "pidfd_send_signal",
            "memfd_secret",
            "vmsplice",
            "modify_ldt",
            "shmget",
            "semget",
            "msgget",
            "mq_open",
            "keyctl",
            "add_key",
            "request_key",
            "bpf",
            "perf_event_open",
            "userfaultfd",
            "mount",
            "umount2",
            "pivot_root",
            "move_mount",
            "unshare",
            "setns",
            "open_by_handle_at",
            "name_to_handle_at",
            "seccomp",
            "kcmp");
  }

  @Test
  void writesWhatTheKernelReads() {
    byte[] bytes = BpfCompiler.compile(PROFILE, Architecture.X86_64).bytes();
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(bytes.length % 8).isZero();
    assertThat(buffer.getShort(0)).isEqualTo((short) 0x20);
    assertThat(buffer.getInt(4)).isEqualTo(4);
    assertThat(buffer.getShort(8)).isEqualTo((short) 0x15);
    assertThat(buffer.get(10)).isEqualTo((byte) 1);
    assertThat(buffer.getInt(12)).isEqualTo(0xC000003E);
  }

  @Test
  void compilesALongProfileWithFarJumps() {
    StringBuilder entries = new StringBuilder();
    for (String name : SystemCalls.of(Architecture.X86_64).names()) {
      entries
          .append(entry(name, "{\"index\":0,\"value\":1,\"valueTwo\":0,\"op\":\"SCMP_CMP_EQ\"}"))
          .append(',');
    }
    entries.append(entry("read", ""));
    SeccompProfile profile = SeccompProfile.parse(profile(entries.toString()));
    BpfProgram program = BpfCompiler.compile(profile, Architecture.X86_64);
    assertThat(program.instructions()).hasSizeGreaterThan(256);
    assertThat(BpfMachine.run(program, 0xC000003E, 1, 1)).isEqualTo("allow");
    assertThat(BpfMachine.run(program, 0xC000003E, 1, 2)).isEqualTo("errno 1");
    assertThat(BpfMachine.run(program, 0xC000003E, 0, 2)).isEqualTo("allow");
    assertThat(BpfMachine.run(program, 0xC000003E, 462, 1)).isEqualTo("allow");
  }

  @Test
  void refusesAProfileThatItDoesNotUnderstand() {
    assertThatThrownBy(() -> SeccompProfile.parse("{\"defaultAction\":\"SCMP_ACT_ALLOW\"}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("default action");
    assertThatThrownBy(
            () -> SeccompProfile.parse(profile(entry("read", "").replace("ALLOW", "TRACE"))))
        .hasMessageContaining("no such action");
    assertThatThrownBy(() ->
            SeccompProfile.parse(
                profile(entry("read", "{\"index\":0,\"value\":1,\"op\":\"SCMP_CMP_GT\"}"))))
        .hasMessageContaining("no such comparison");
  }

  @Test
  void refusesAProgramThatTheKernelWould() {
    List<BpfProgram.Instruction> many = Collections.nCopies(4097, new BpfProgram.Instruction(6, 0));
    assertThatThrownBy(() -> new BpfProgram(many)).hasMessageContaining("4097");
  }

  @Test
  void knowsTheProcessorItRunsOn() {
    assertThat(Architecture.current()).isPresent();
    assertThat(Architecture.AARCH64.kernelName()).isEqualTo("aarch64");
  }

  private static String profile(String entries) {
    return "{\"defaultAction\":\"SCMP_ACT_ERRNO\",\"syscalls\":[" + entries + "]}";
  }

  private static String entry(String name, String condition) {
    return "{\"names\":[\""
        + name
        + "\"],\"action\":\"SCMP_ACT_ALLOW\",\"args\":["
        + condition
        + "]}";
  }

  private static int number(Architecture architecture, String name) {
    return Objects.requireNonNull(SystemCalls.of(architecture).numbers().get(name));
  }

  private static String decide(Architecture architecture, int number, long... arguments) {
    BpfProgram program = BpfCompiler.compile(PROFILE, architecture);
    return BpfMachine.run(program, architecture.auditNumber(), number, arguments);
  }
}
