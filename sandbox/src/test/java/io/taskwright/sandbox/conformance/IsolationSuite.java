package io.taskwright.sandbox.conformance;

import static io.taskwright.sandbox.conformance.ResultAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.model.execution.FailureCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program reaches nothing but what it was given. */
abstract class IsolationSuite extends Suite {
  private static final String SYSTEM_CALLS =
      """
      import ctypes, errno, os, socket
      libc = ctypes.CDLL(None, use_errno=True)
      def call(number, *args):
          ctypes.set_errno(0)
          result = libc.syscall(number, *[ctypes.c_long(a) for a in args])
          return 'allowed' if result >= 0 else errno.errorcode.get(ctypes.get_errno(), '?')
      """;

  @Test
  void cannotBeWrittenButInItsOwnFolder() {
    assertThat(
            python(
                    """
                    import os
                    def main():
                        written = []
                        for folder, _, _ in os.walk('/'):
                            if folder.startswith(('/proc/', '/task')): continue
                            try:
                                path = os.path.join(folder, 'taskwright-was-here')
                                os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
                                os.unlink(path)
                                written.append(folder)
                            except OSError:
                                pass
                        return sorted(set(written) - {'/dev/shm'})
                    """)
                .run())
        .returned("[]");
  }

  @Test
  void cannotReadWhatIsTheHosts(@TempDir Path folder) throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "canary");
    assertThat(
            python(
                    """
                    import glob, os
                    def main(paths):
                        read = []
                        for path in paths + glob.glob('/root/*') + glob.glob('/home/*/*'):
                            try:
                                if os.listdir(path) if os.path.isdir(path) else open(path, 'rb').read(1):
                                    read.append(path)
                            except OSError:
                                pass
                        return read
                    """)
                .input(
                    "[\"/etc/shadow\",\"/root\",\"/var/log/syslog\",\"/proc/kcore\",\"/proc/kallsyms_\",\"/sys/kernel/debug\","
                        + "\"/var/run/docker.sock\",\"/dev/mem\",\"/dev/vda\",\"/dev/kmsg\",\"/proc/1/root/etc/shadow\",\""
                        + secret
                        + "\"]")
                .run())
        .returned("[]");
  }

  @Test
  void opensNoSocketOfAnotherFamilyAndConnectsToNothing() {
    assertThat(
            python(
                    SYSTEM_CALLS
                        + """
                        def main():
                            families = [f for f in range(64) if call(41 if os.uname().machine == 'x86_64' else 198, f, 2, 0) == 'allowed']
                            reached = []
                            for host, port in [('1.1.1.1', 80), ('169.254.169.254', 80), ('172.17.0.1', 22), ('127.0.0.1', 2375)]:
                                try:
                                    socket.create_connection((host, port), 0.5); reached.append(host)
                                except OSError:
                                    pass
                            raw = []
                            for kind in (socket.SOCK_RAW,):
                                for family in (socket.AF_INET, socket.AF_INET6):
                                    try: socket.socket(family, kind, 1); raw.append(family)
                                    except OSError: pass
                            try: socket.getaddrinfo('example.com', 80); reached.append('dns')
                            except OSError: pass
                            return [families, reached, raw, socket.if_nameindex()]
                        """)
                .run())
        .returned("[[1,2,10,16],[],[],[[1,\"lo\"]]]");
  }

  @Test
  void isRefusedTheCallsThatLeadOut() {
    assertThat(
            python(
                    SYSTEM_CALLS
                        + """
                        X86 = dict(io_uring_setup=425, ptrace=101, process_vm_readv=310, pidfd_open=434, pidfd_getfd=438, pidfd_send_signal=424, process_vm_writev=311, process_madvise=440,
                                   io_uring_enter=426, io_uring_register=427, request_key=249, kcmp=312, seccomp=317, keyctl=250, add_key=248,
                                   bpf=321, perf_event_open=298, userfaultfd=323, memfd_secret=447, vmsplice=278, modify_ldt=154,
                                   shmget=29, msgget=68, semget=64, mq_open=240, unshare=272, setns=308, mount=165, umount2=166,
                                   pivot_root=155, chroot=161, open_by_handle_at=304, init_module=175, kexec_load=246,
                                   clock_settime=227, settimeofday=164, sethostname=170, swapon=167, reboot=169, acct=163,
                                   fsopen=430, move_mount=429, iopl=172, quotactl=179, fanotify_init=300, landlock=444,
                                   open_tree=428, mount_setattr=442, name_to_handle_at=303, finit_module=313, delete_module=176, syslog=103,
                                   kexec_file_load=320, adjtimex=159, clock_adjtime=305, ioperm=173, lookup_dcookie=212, nfsservctl=180,
                                   mbind=237, set_mempolicy=238, migrate_pages=256, move_pages=279, vhangup=153, swapoff=168, ustat=136)
                        def main():
                            if os.uname().machine != 'x86_64':
                                return {}
                            found = {name: call(number, 0x10000000 if name == 'unshare' else 0, 0, 0, 0, 0) for name, number in X86.items()}
                            found = {name: how for name, how in found.items() if how != 'EPERM'}
                            found['clone3'] = call(435, 0, 0)
                            found['newest'] = call(9999)
                            found['namespace'] = call(56, 0x10000011, 0, 0, 0, 0)
                            found['personality'] = call(135, 0x0040000)
                            found['asked'] = call(135, 0xffffffff)
                            return found
                        """)
                .run())
        .returned(
            "{\"clone3\":\"ENOSYS\",\"newest\":\"ENOSYS\",\"namespace\":\"EPERM\",\"personality\":\"EPERM\",\"asked\":\"allowed\"}");
  }

  @Test
  void isKilledForTheOldSystemCallInterface() {
    assertThat(
            python(
                    """
                    import ctypes, mmap, os
                    def main():
                        if os.uname().machine != 'x86_64': os.kill(os.getpid(), 31)
                        code = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
                        code.write(bytes.fromhex('b814000000' 'cd80' 'c3'))  # mov eax, 20; int 0x80; ret
                        address = ctypes.addressof(ctypes.c_char.from_buffer(code))
                        return ctypes.CFUNCTYPE(ctypes.c_int)(address)()
                    """)
                .run())
        .failed(FailureCode.CODE_ERROR)
        .withDetail("signal", "SIGSYS");
  }

  @Test
  void hasNoPrivileges() {
    assertThat(
            python(
                    """
                    import os, subprocess
                    def main():
                        status = dict(line.split(':\\t', 1) for line in open('/proc/self/status').read().splitlines() if ':\\t' in line)
                        gained = []
                        for folder, _, files in os.walk('/usr'):
                            for name in files:
                                path = os.path.join(folder, name)
                                mode = os.lstat(path).st_mode
                                if mode & 0o6000 and not os.statvfs(path).f_flag & os.ST_NOSUID: gained.append(path)
                        return [status['Seccomp'], status['NoNewPrivs'], status['CapEff'], status['CapBnd'], os.getuid() != 0, os.getgroups() in ([], [os.getgid()]), gained]
                    """)
                .run())
        .returned("[\"2\",\"1\",\"0000000000000000\",\"0000000000000000\",true,true,[]]");
  }

  @Test
  void cannotTouchTheWarden() {
    assertThat(
            python(
                    """
                    import os, signal
                    def main(input):
                        os.kill(1, signal.SIGKILL); os.kill(1, signal.SIGTERM); os.kill(1, signal.SIGSTOP)
                        for number in (signal.SIGSEGV, signal.SIGALRM, signal.SIGCHLD, signal.SIGPIPE): os.kill(1, number)
                        opened = []
                        for name in ('environ', 'mem', 'maps', 'fd/0', 'fd/1', 'root', 'cwd', 'exe', 'stack', 'auxv', 'pagemap'):
                            try: os.close(os.open('/proc/1/' + name, os.O_RDONLY)); opened.append(name)
                            except OSError: pass
                        try: open('/proc/1/oom_score_adj', 'w').write('1000'); opened.append('oom_score_adj')
                        except OSError: pass
                        return opened
                    """)
                .input("\"secret\"")
                .run())
        .returned("[]");
  }

  @Test
  void seesOnlyItsOwnProcessesAndNothingOfTheServices() {
    assertThat(
            python(
                    """
                    import os
                    def main():
                        processes = [p for p in os.listdir('/proc') if p.isdigit() and int(p) not in (1, os.getpid())]
                        known = {'PATH', 'HOME', 'TMPDIR', 'LANG', 'TZ', 'TASK_INPUT', 'TASK_OUTPUT', 'TASK_PROGRESS', 'LC_CTYPE'}
                        files = [f for f in os.listdir('/proc/self/fd') if int(f) > 2 and os.path.exists('/proc/self/fd/' + f)]
                        return [processes, sorted(set(os.environ) - known), files, os.uname().nodename, os.listdir('/task/work')]
                    """)
                .run())
        .returned("[[],[],[],\"sandbox\",[\"main.py\"]]");
  }

  @Test
  void cannotWriteTheKernelsSettings() {
    assertThat(
            bash("""
            for f in /proc/sys/kernel/core_pattern /proc/sysrq-trigger /proc/sys/vm/overcommit_memory \
              /proc/self/uid_map /proc/self/setgroups /sys/fs/cgroup/memory/memory.limit_in_bytes /sys/fs/cgroup/pids/pids.max; do
              (echo 1 >"$f") 2>/dev/null && echo "$f"
            done
            (echo -1000 >/proc/self/oom_score_adj) 2>/dev/null && echo oom
            echo 1 >"$TASK_OUTPUT"
            """)
                .run())
        .returned("1");
  }

  @Test
  void leavesNothingForTheNextRun() {
    assertThat(
            bash("echo mine | tee /tmp/left /task/work/left /dev/shm/left /task/left; (sleep 60 &)"
                    + " ; echo 1 >\"$TASK_OUTPUT\"")
                .run())
        .returned("1");
    assertThat(
            bash("ls /tmp /task/work /dev/shm /task; ls /proc | grep -c '^[0-9]'; echo 1"
                    + " >\"$TASK_OUTPUT\"")
                .run())
        .returned("1")
        .said("STDOUT main.sh")
        .said("STDOUT input.json");
  }

  @Test
  void takesOnlyARegularFileAsOutput() {
    for (String make :
        new String[] {
          "ln -s /etc/passwd \"$TASK_OUTPUT\"",
          "ln -s /task/input.json \"$TASK_OUTPUT\"",
          "mkfifo \"$TASK_OUTPUT\"",
          "mkdir \"$TASK_OUTPUT\"",
          "ln -s \"$TASK_OUTPUT\" \"$TASK_OUTPUT\""
        }) {
      assertThat(bash(make).input("1").run())
          .failed(FailureCode.OUTPUT_INVALID)
          .withMessage("no regular file");
    }
    assertThat(
            bash("mknod \"$TASK_OUTPUT\" c 1 5 2>/dev/null || echo '\"refused\"' >\"$TASK_OUTPUT\"")
                .run())
        .returned("\"refused\"");
  }

  @Test
  void survivesWhateverIsDoneToTheTasksFolder() {
    assertThat(
            bash("rm -rf /task/* /task/.[a-z]* 2>/dev/null; mkdir /task/work; ln -s /"
                    + " /task/progress; echo 1 >/task/output.json")
                .run())
        .returned("1");
    assertThat(
            bash("mv /task/work /task/elsewhere; ln -s /etc /task/work; echo 1 >/task/output.json")
                .run())
        .returned("1");
    assertThat(bash("chmod 000 /task /task/work; exit 0").run()).returned("null");
  }

  @Test
  void endsDaemonsThatLeftTheProgram() {
    Trial.Result result =
        bash("setsid sh -c 'exec >/dev/null 2>&1; sleep 60' & disown; (setsid sleep 61 &); echo 1"
                + " >\"$TASK_OUTPUT\"")
            .run();
    assertThat(result).returned("1");
    assertThat(result.end().usage().wall()).isLessThan(Duration.ofSeconds(10));
  }
}
