package io.taskwright.sandbox.conformance;

import static io.taskwright.sandbox.conformance.ResultAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** What went wrong in other systems, by the numbers of docs/implementation/known_attacks.md. */
abstract class RegressSuite extends Suite {
  @Test
  void regressR01ReadsNothingThroughALinkThatTheProgramMade(@TempDir Path host) throws IOException {
    Path secret = Files.writeString(host.resolve("secret.json"), "{\"message\":\"canary\"}");
    for (String name : List.of("output.json", "error.json", "input.json", "progress")) {
      for (String target : List.of(secret.toString(), "/proc/1/environ", "/etc/passwd")) {
        for (int code : List.of(0, 3)) {
          Trial.Result result =
              bash("rm -f /task/%1$s; ln -s '%2$s' /task/%1$s; exit %3$d"
                      .formatted(name, target, code))
                  .run();
          assertThat(result.toString()).doesNotContain("canary", "root:x", "PATH=");
        }
      }
    }
    assertThat(secret).hasContent("{\"message\":\"canary\"}");
  }

  @Test
  void regressR02ChangesNothingThroughALinkThatTheProgramMade(@TempDir Path host)
      throws IOException {
    Path file = Files.writeString(host.resolve("file"), "mine");
    Map<String, Object> before = Files.readAttributes(file, "unix:uid,gid,mode,ctime,nlink");
    assertThat(
            bash("""
            cd /
            rm -rf /task/work /task/tmp /task/shm /task/progress
            for name in work tmp shm progress output.json error.json; do ln -s '%s' "/task/$name"; done
            """
                    .formatted(file))
                .run()
                .end())
        .isNotNull();
    assertThat(Files.readAttributes(file, "unix:uid,gid,mode,ctime,nlink")).isEqualTo(before);
    assertThat(file).hasContent("mine");
  }

  @Test
  void regressR03ReachesNoServiceOfTheHost() throws IOException {
    try (ServerSocket service = new ServerSocket(0, 50, InetAddress.ofLiteral("0.0.0.0"))) {
      List<String> addresses =
          NetworkInterface.networkInterfaces()
              .flatMap(NetworkInterface::inetAddresses)
              .map(address -> address.getHostAddress().replaceFirst("%.*", ""))
              .toList();
      assertThat(addresses).contains("127.0.0.1");
      assertThat(
              python(
                      """
                      import socket
                      def main(input):
                          reached = []
                          for host in input['addresses'] + ['localhost', 'host.docker.internal']:
                              for port in (input['port'], 5432, 7233, 8080):
                                  try:
                                      socket.create_connection((host, port), 0.3).close(); reached.append(host)
                                  except OSError: pass
                          return reached
                      """)
                  .input(
                      JsonMapper.shared()
                          .writeValueAsString(
                              Map.of("addresses", addresses, "port", service.getLocalPort())))
                  .run())
          .returned("[]");
      service.setSoTimeout(1);
      assertThatThrownBy(service::accept).isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void regressR05CompilesUnderTheLimitsOfTheProgram() {
    StringBuilder source =
        new StringBuilder("class Main {\n  static final String A0 = \"0123\";\n");
    for (int i = 1; i <= 29; i++) { // the compiler folds it to 2 GiB
      source.append("  static final String A%1$d = A%2$d + A%2$d;\n".formatted(i, i - 1));
    }
    source.append("  static Object main() { return A29.length(); }\n}\n");
    assertThat(java(source.toString()).run()).exhausted("memory", "192Mi");
  }

  @Test
  void regressR07LetsPythonDoAllThatPythonCanAndReachNothing(@TempDir Path host)
      throws IOException {
    Path secret = Files.writeString(host.resolve("secret"), "canary");
    assertThat(
            python(
                    """
                    import ctypes, gc, os, subprocess, sys
                    def main(secret):
                        done = [ctypes.CDLL(None).getpid() > 1,
                                len(().__class__.__bases__[0].__subclasses__()) > 50,
                                eval(compile('1 + 1', '', 'eval')) == 2,
                                subprocess.run(['/bin/sh', '-c', 'exit 7']).returncode == 7,
                                sys._getframe().f_globals is globals(), len(gc.get_objects()) > 0]
                        got = []
                        for path in (secret, '/etc/shadow', '/proc/1/environ', '/root/.bashrc'):
                            try: got.append(open(path).read())
                            except OSError: pass
                        return [done, got]
                    """)
                .input("\"" + secret + "\"")
                .run())
        .returned("[[true,true,true,true,true,true],[]]");
  }

  @Test
  void regressR08RunsNodeOutsideTheServicesProcess(@TempDir Path host) throws IOException {
    Path secret = Files.writeString(host.resolve("secret"), "canary");
    assertThat(
            node("""
            exports.main = (secret) => {
              const outer = this.constructor.constructor('return process')();
              const run = (line) => {
                try { return require('child_process').execSync(line, {stdio: 'pipe'}).toString().trim(); }
                catch { return 'refused'; }
              };
              return [outer === process, run('echo $((6 * 7))'), run(`cat ${secret}`), run('kill -9 1; echo sent'),
                run('ls /proc | grep -c "^[0-9]"') < 10, Object.keys(process.env).filter((name) => /KEY|TOKEN|TASKWRIGHT/.test(name))];
            };
            """)
                .input("\"" + secret + "\"")
                .run())
        .returned("[true,\"42\",\"refused\",\"sent\",true,[]]");
  }

  @Test
  void regressR22HasNoSocketOfAnEngine() {
    assertThat(
            bash("""
            for socket in /var/run/docker.sock /run/docker.sock /run/containerd/containerd.sock /run/podman/podman.sock; do
              [ -e "$socket" ] && echo "$socket"
            done
            grep -c -e docker.sock -e containerd.sock /proc/self/mountinfo >"$TASK_OUTPUT"; true
            """)
                .run())
        .returned("0");
  }

  @Test
  void regressR36ShowsNothingOfAProgramInAnyCommandLineOrEnvironment() {
    String canary = "canary-" + UUID.randomUUID();
    Trial.Started started =
        python("import time\nprint('ready', flush=True)\ntime.sleep(60)\nx = '" + canary + "'")
            .input("\"" + canary + "\"")
            .file("notes.txt", canary)
            .start();
    started.told().awaitReady();
    try {
      assertThat(processesThatShow(canary)).isEmpty();
    } finally {
      started.run().close();
    }
    assertThat(started.await()).stopped();
  }

  private static List<String> processesThatShow(String word) {
    try (Stream<Path> folders = Files.list(Path.of("/proc"))) {
      return folders
          .filter(folder -> folder.getFileName().toString().matches("[0-9]+"))
          .flatMap(folder -> Stream.of(folder.resolve("cmdline"), folder.resolve("environ")))
          .filter(file -> content(file).contains(word))
          .map(Path::toString)
          .toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String content(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return ""; // its process has ended
    }
  }

  @Test
  void regressR46OpensNoDoorIntoTheKernelBesideThePlainSockets() {
    assertThat(
            python(
                    """
                    import ctypes, errno, socket
                    libc = ctypes.CDLL(None, use_errno=True)
                    def main():
                        opened = []
                        for family in (38, 40, 17, 15, 21, 31, 44, 29):  # alg, vsock, packet, key, rds, bluetooth, xdp, can
                            for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW, socket.SOCK_SEQPACKET):
                                try: socket.socket(family, kind).close(); opened.append(family)
                                except OSError: pass
                        for number in (425, 426, 427):  # io_uring, on every processor
                            if libc.syscall(number, 8, 0, 0, 0, 0, 0) >= 0 or ctypes.get_errno() != errno.EPERM:
                                opened.append('io_uring')
                        return opened
                    """)
                .run())
        .returned("[]");
  }

  @Test
  void regressR49HoldsEveryRuntimeUnderAFilterWithoutPrivileges() {
    List<Trial.Result> results =
        List.of(
            python("print(open('/proc/self/status').read())").run(),
            node("console.log(require('fs').readFileSync('/proc/self/status', 'utf8'))").run(),
            bash("while IFS= read -r line; do echo \"$line\"; done </proc/self/status").run(),
            java("import java.nio.file.*; public class Main { public static void main(String[] a)"
                    + " throws Exception { System.out.println(Files.readString("
                    + "Path.of(\"/proc/self/status\"))); } }")
                .run());
    for (Trial.Result result : results) {
      assertThat(result.told().stdout())
          .contains(
              "Seccomp:\t2",
              "NoNewPrivs:\t1",
              "CapEff:\t0000000000000000",
              "CapBnd:\t0000000000000000");
    }
  }
}
