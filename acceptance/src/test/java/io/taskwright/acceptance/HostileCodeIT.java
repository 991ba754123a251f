package io.taskwright.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.testkit.Rest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Code that means harm, through REST, in each back end: stopped with the right failure. */
class HostileCodeIT {
  private final Rest rest = Shared.rest();

  /**
   * Hostile code and its end.
   *
   * @param level LOW goes to bubblewrap, MEDIUM to Docker where its engine answers
   * @param code of the failure; empty if the code must only find nothing
   * @param detail what the failure's details must contain
   */
  record Attack(
      String name, String level, String runtime, String source, String code, String detail) {
    @Override
    public String toString() {
      return name + " at " + level;
    }
  }

  private record Kind(String name, String runtime, String source, String code, String detail) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind("endless loop", "python", "while True: pass\n", "TIMEOUT", "PT"),
          new Kind(
              "endless loop in Bash",
              "bash",
              "trap '' TERM INT HUP; while :; do :; done\n",
              "TIMEOUT",
              "PT"),
          new Kind(
              "allocation of a gibibyte",
              "python",
              "x = bytearray(1 << 30)\nfor i in range(0, len(x), 4096): x[i] = 1\n",
              "RESOURCE_EXHAUSTED",
              "memory"),
          new Kind(
              "allocation in a child that the parent survives",
              "python",
              """
              import os
              if os.fork() == 0:
                  x = bytearray(1 << 30)
                  for i in range(0, len(x), 4096): x[i] = 1
              os.wait()
              print("survived")
              """,
              "RESOURCE_EXHAUSTED",
              "memory"),
          new Kind(
              "fork bomb",
              "bash",
              "bomb() { bomb | bomb & }; bomb; sleep 30\n",
              "RESOURCE_EXHAUSTED",
              "processes"),
          new Kind(
              "a gibibyte of output",
              "python",
              "import sys\nfor i in range(1 << 10): sys.stdout.write('x' * (1 << 20) + '\\n')\n",
              "RESOURCE_EXHAUSTED",
              "log"),
          new Kind(
              "a full disk",
              "python",
              "f = open('big', 'wb')\nwhile True: f.write(b'x' * (1 << 20))\n",
              "RESOURCE_EXHAUSTED",
              "disk"),
          new Kind(
              "writing everywhere",
              "python",
              """
              import os
              wrote = []
              for folder in ["/", "/usr", "/etc", "/bin", "/dev", "/proc", "/sys", "/var", "/home", "/root", "/run"]:
                  try:
                      open(os.path.join(folder, "hostile"), "w").write("x")
                      wrote.append(folder)
                  except OSError:
                      pass
              assert wrote == [], wrote
              """,
              "",
              ""),
          new Kind(
              "opening sockets",
              "python",
              """
              import socket
              reached = []
              for host, port in [("127.0.0.1", 22), ("127.0.0.1", 5432), ("169.254.169.254", 80), ("10.0.0.1", 80), ("8.8.8.8", 53)]:
                  s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
                  s.settimeout(0.5)
                  try:
                      s.connect((host, port))
                      reached.append(host)
                  except OSError:
                      pass
              for family in (getattr(socket, n) for n in ("AF_PACKET", "AF_VSOCK", "AF_ALG", "AF_BLUETOOTH") if hasattr(socket, n)):
                  try:
                      socket.socket(family, socket.SOCK_RAW)
                      reached.append(str(family))
                  except OSError:
                      pass
              assert reached == [], reached
              """,
              "",
              ""),
          new Kind(
              "reading the host's files",
              "python",
              """
              import glob, os
              seen = []
              for path in ["/etc/shadow", "/root", "/home", "/var/log", "/proc/1/environ", "/proc/1/mem", "/proc/kcore"] + glob.glob("/tmp/taskwright*"):
                  try:
                      found = os.listdir(path) if os.path.isdir(path) else open(path, "rb").read(1)
                      if found:
                          seen.append(path)
                  except OSError:
                      pass
              assert seen == [], seen
              assert os.getuid() != 0
              assert [p for p in os.listdir("/proc") if p.isdigit() and int(p) > 100] == []
              """,
              "",
              ""));

  static List<Attack> attacks() {
    List<Attack> attacks = new ArrayList<>();
    for (String level : List.of("LOW", "MEDIUM")) {
      for (Kind kind : KINDS) {
        attacks.add(
            new Attack(
                kind.name(), level, kind.runtime(), kind.source(), kind.code(), kind.detail()));
      }
    }
    return attacks;
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void isStoppedWithinItsLimit(Attack attack) {
    ObjectNode definition =
        Tasks.withConfig(
            Tasks.of(attack.runtime(), attack.source(), "{'retryPolicy':{'maxRetries':0}}"),
            "{'securityContext':{'securityLevel':'"
                + attack.level()
                + "'},'resourceRequirements':{'memory':'64Mi','disk':'32Mi','timeoutSeconds':8}}");
    String id = rest.start(Tasks.define(rest, definition), "{}");
    JsonNode execution = rest.await(id, Duration.ofSeconds(60));
    if (attack.code().isEmpty()) {
      assertThat(execution.get("status").stringValue())
          .as(execution.get("failure").toString())
          .isEqualTo("COMPLETED");
    } else {
      assertThat(execution.at("/failure/code").stringValue())
          .as(execution.toString())
          .isEqualTo(attack.code());
      assertThat(execution.at("/failure/details").toString()).contains(attack.detail());
    }
    String backEnd = execution.at("/attempts/0/environment").stringValue();
    assertThat(backEnd).startsWith(attack.level().equals("LOW") ? "bubblewrap/" : "docker/");
  }
}
