package io.taskwright.sandbox.seccomp;

import io.taskwright.sandbox.resource.Resource;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A list of allowed system calls in Docker's format; what it does not name is refused.
 *
 * @param json the profile as container engines take it
 * @param refusal the errno of what is not named
 */
public record SeccompProfile(String json, int refusal, List<Rule> rules) {
  private static final JsonMapper JSON = JsonMapper.shared();

  public SeccompProfile {
    rules = List.copyOf(rules);
  }

  /**
   * What holds for one system call; of several rules for one call, the first that matches.
   *
   * @param errno what it is refused with, or 0 if it is allowed
   */
  record Rule(String name, int errno, List<Condition> conditions) {
    Rule {
      conditions = List.copyOf(conditions);
    }
  }

  /**
   * An argument, masked, must equal a value.
   *
   * @param argument 0 to 5
   */
  record Condition(int argument, long mask, long value) {}

  /** The project's own profile. */
  public static SeccompProfile own() {
    return parse(Resource.text(SeccompProfile.class, "profile.json"));
  }

  /**
   * Reads a profile.
   *
   * @throws IllegalArgumentException for what the compiler does not know, so that nothing is lost
   */
  static SeccompProfile parse(String json) {
    JsonNode root = JSON.readTree(json);
    require(root.path("defaultAction").asString().equals("SCMP_ACT_ERRNO"), "default action", root);
    List<Rule> rules = new ArrayList<>();
    for (JsonNode entry : root.path("syscalls")) {
      int errno = errno(entry);
      List<Condition> conditions = new ArrayList<>();
      for (JsonNode condition : entry.path("args")) {
        conditions.add(condition(condition));
      }
      for (JsonNode name : entry.path("names")) {
        rules.add(new Rule(name.asString(), errno, conditions));
      }
    }
    return new SeccompProfile(json, root.path("defaultErrnoRet").asInt(1), rules);
  }

  private static int errno(JsonNode entry) {
    return switch (entry.path("action").asString()) {
      case "SCMP_ACT_ALLOW" -> 0;
      case "SCMP_ACT_ERRNO" -> entry.path("errnoRet").asInt(1);
      default -> throw unknown("action", entry);
    };
  }

  private static Condition condition(JsonNode node) {
    int argument = node.path("index").asInt();
    long value = node.path("value").asLong();
    return switch (node.path("op").asString()) {
      case "SCMP_CMP_EQ" -> new Condition(argument, -1L, value);
      case "SCMP_CMP_MASKED_EQ" -> new Condition(argument, value, node.path("valueTwo").asLong());
      default -> throw unknown("comparison", node);
    };
  }

  private static void require(boolean fact, String what, JsonNode node) {
    if (!fact) {
      throw unknown(what, node);
    }
  }

  private static IllegalArgumentException unknown(String what, JsonNode node) {
    return new IllegalArgumentException("no such " + what + " in a seccomp profile: " + node);
  }
}
