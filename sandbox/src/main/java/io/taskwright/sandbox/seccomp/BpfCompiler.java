package io.taskwright.sandbox.seccomp;

import io.taskwright.sandbox.seccomp.BpfProgram.Instruction;
import io.taskwright.sandbox.seccomp.SeccompProfile.Condition;
import io.taskwright.sandbox.seccomp.SeccompProfile.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Turns a profile into a filter: the wrong architecture or ABI kills, then a binary search over the
 * numbers of the calls, so that each call costs some ten steps. A call that is newer than the
 * profile's table gets ENOSYS, on which libraries fall back to older ones.
 */
public final class BpfCompiler {
  private static final int KILL = 0x80000000;
  private static final int ALLOW = 0x7FFF0000;
  private static final int ERRNO = 0x00050000;
  private static final int ENOSYS = 38;

  /** Where the kernel puts what is asked about: number, architecture, instruction, arguments. */
  private static final int NUMBER_AT = 0;

  private static final int ARCHITECTURE_AT = 4;
  private static final int ARGUMENTS_AT = 16;

  private final SeccompProfile profile;
  private final Architecture architecture;
  private final SystemCalls calls;

  private BpfCompiler(SeccompProfile profile, Architecture architecture) {
    this.profile = profile;
    this.architecture = architecture;
    this.calls = SystemCalls.of(architecture);
  }

  /** The filter that the profile means on the architecture. */
  public static BpfProgram compile(SeccompProfile profile, Architecture architecture) {
    return new BpfCompiler(profile, architecture).program();
  }

  private BpfProgram program() {
    List<Instruction> program = new ArrayList<>();
    program.add(new Instruction(Instruction.LOAD, ARCHITECTURE_AT));
    program.add(new Instruction(Instruction.IF_EQUAL, 1, 0, architecture.auditNumber()));
    program.add(new Instruction(Instruction.RETURN, KILL));
    program.add(new Instruction(Instruction.LOAD, NUMBER_AT));
    architecture
        .otherAbi()
        .ifPresent(first -> {
          program.add(new Instruction(Instruction.IF_NOT_BELOW, 0, 1, (int) first));
          program.add(new Instruction(Instruction.RETURN, KILL));
        });
    program.addAll(search(List.copyOf(segments().entrySet())));
    return new BpfProgram(program);
  }

  /** What to do from each number on, up to the next one. */
  private Map<Integer, List<Instruction>> segments() {
    List<Instruction> refuse = refuse(profile.refusal());
    Map<Integer, List<Instruction>> byNumber = new TreeMap<>();
    for (String name : calls.names()) {
      byNumber.put(calls.numbers().get(name), decision(name));
    }
    TreeMap<Integer, List<Instruction>> segments = new TreeMap<>(Map.of(0, refuse));
    byNumber.forEach((number, decision) -> {
      segments.put(number, decision);
      segments.put(number + 1, refuse);
    });
    segments.put(calls.end(), refuse(ENOSYS));
    return merged(segments);
  }

  private static Map<Integer, List<Instruction>> merged(Map<Integer, List<Instruction>> segments) {
    Map<Integer, List<Instruction>> merged = new TreeMap<>();
    List<Instruction> last = List.of();
    for (Map.Entry<Integer, List<Instruction>> segment : segments.entrySet()) {
      if (!segment.getValue().equals(last)) {
        merged.put(segment.getKey(), segment.getValue());
        last = segment.getValue();
      }
    }
    return merged;
  }

  private static List<Instruction> search(List<Map.Entry<Integer, List<Instruction>>> segments) {
    if (segments.size() == 1) {
      return segments.getFirst().getValue();
    }
    int middle = segments.size() / 2;
    List<Instruction> below = search(segments.subList(0, middle));
    List<Instruction> above = search(segments.subList(middle, segments.size()));
    int border = segments.get(middle).getKey();
    List<Instruction> both = new ArrayList<>();
    if (below.size() <= Instruction.FAR) {
      both.add(new Instruction(Instruction.IF_NOT_BELOW, below.size(), 0, border));
    } else {
      both.add(new Instruction(Instruction.IF_NOT_BELOW, 0, 1, border));
      both.add(new Instruction(Instruction.JUMP, below.size()));
    }
    both.addAll(below);
    both.addAll(above);
    return both;
  }

  /** The rules of one call in their order; each but the last may pass it on. */
  private List<Instruction> decision(String name) {
    List<Instruction> steps = new ArrayList<>();
    for (Rule rule : profile.rules()) {
      if (rule.name().equals(name)) {
        steps.addAll(ruled(rule));
        if (rule.conditions().isEmpty()) {
          return steps;
        }
      }
    }
    steps.addAll(refuse(profile.refusal()));
    return steps;
  }

  private static List<Instruction> ruled(Rule rule) {
    List<Instruction> steps =
        new ArrayList<>(
            rule.errno() == 0
                ? List.of(new Instruction(Instruction.RETURN, ALLOW))
                : refuse(rule.errno()));
    for (Condition condition : rule.conditions().reversed()) {
      steps.addAll(0, compare(condition, steps.size()));
    }
    return steps;
  }

  /** Goes on to the next step if the condition holds; else leaves out so many more. */
  private static List<Instruction> compare(Condition condition, int leaveOut) {
    List<Instruction> low = compareHalf(condition, 0, leaveOut);
    List<Instruction> steps = new ArrayList<>(compareHalf(condition, 32, leaveOut + low.size()));
    steps.addAll(low);
    return steps;
  }

  private static List<Instruction> compareHalf(Condition condition, int shift, int leaveOut) {
    int mask = (int) (condition.mask() >>> shift);
    int value = (int) (condition.value() >>> shift);
    if (mask == 0) {
      return List.of();
    }
    int at = ARGUMENTS_AT + 8 * condition.argument() + shift / 8;
    List<Instruction> steps = new ArrayList<>();
    steps.add(new Instruction(Instruction.LOAD, at));
    if (mask != -1) {
      steps.add(new Instruction(Instruction.AND, mask));
    }
    steps.add(new Instruction(Instruction.IF_EQUAL, 0, leaveOut, value));
    return steps;
  }

  private static List<Instruction> refuse(int errno) {
    return List.of(new Instruction(Instruction.RETURN, ERRNO | errno));
  }
}
