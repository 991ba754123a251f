package io.taskwright.sandbox.conformance;

import static io.taskwright.sandbox.conformance.ResultAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwright.model.execution.FailureCode;
import io.taskwright.sandbox.Run;
import io.taskwright.sandbox.RunEnd;
import io.taskwright.sandbox.RunSink;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Abuse that no other suite has, each told by the program itself and looked for on the host. */
abstract class AbuseSuite extends Suite {
  @Test
  void mountsNothingAndEntersNoNamespace() {
    assertThat(
            bash("""
            done=""
            try() { "$@" >/dev/null 2>&1 && done="$done $1"; }
            try mount -t tmpfs none /task/tmp
            try umount /task
            try unshare -U true
            try unshare -rn true
            try nsenter -t 1 -m true
            try chroot /task /bin/true
            try pivot_root /task /task/tmp
            echo "\\"$done\\"" >"$TASK_OUTPUT"
            """)
                .run())
        .returned("\"\"");
  }

  @Test
  void gainsNothingBySetUserBits() {
    assertThat(
            bash("""
            cp /bin/bash mine && chmod 6755 mine
            echo "[$(./mine -p -c 'echo $EUID'), $EUID, $(su -c true >/dev/null 2>&1; echo $((! $?)))]" >"$TASK_OUTPUT"
            """)
                .run()
                .end())
        .isInstanceOfSatisfying(
            RunEnd.Returned.class, end -> assertThat(end.output()).matches("\\[(\\d+), \\1, 0]"));
  }

  @Test
  void makesAndOpensNoDevice() {
    assertThat(
            python(
                    """
                    import os, stat
                    def main():
                        had = []
                        for name, kind, major, minor in [('mem', stat.S_IFCHR, 1, 1), ('kmsg', stat.S_IFCHR, 1, 11), ('sda', stat.S_IFBLK, 8, 0),
                                                         ('vda', stat.S_IFBLK, 254, 0), ('kvm', stat.S_IFCHR, 10, 232), ('fuse', stat.S_IFCHR, 10, 229),
                                                         ('net/tun', stat.S_IFCHR, 10, 200), ('port', stat.S_IFCHR, 1, 4)]:
                            try: os.mknod('/task/tmp/device', kind | 0o600, os.makedev(major, minor)); had.append('made ' + name)
                            except OSError: pass
                            try: os.close(os.open('/dev/' + name, os.O_RDWR | os.O_NONBLOCK)); had.append('opened ' + name)
                            except OSError: pass
                        return had
                    """)
                .run())
        .returned("[]");
  }

  @Test
  void raisesNoneOfItsOwnLimits() {
    assertThat(
            python(
                    """
                    import os, resource
                    def main():
                        had = []
                        for folder, _, files in os.walk('/sys/fs/cgroup'):
                            for name in files:
                                if name in ('release_agent', 'notify_on_release', 'cgroup.procs', 'tasks', 'memory.limit_in_bytes',
                                            'memory.max', 'pids.max', 'cpu.max', 'cpu.cfs_quota_us', 'devices.allow'):
                                    try: os.close(os.open(os.path.join(folder, name), os.O_WRONLY)); had.append(name)
                                    except OSError: pass
                        for limit in (resource.RLIMIT_NOFILE, resource.RLIMIT_CORE):
                            try: resource.setrlimit(limit, (1 << 20, 1 << 20)); had.append(str(limit))
                            except (ValueError, OSError): pass
                        try: os.nice(-5); had.append('nice')
                        except OSError: pass
                        try: os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1)); had.append('fifo')
                        except OSError: pass
                        return had
                    """)
                .run())
        .returned("[]");
  }

  @Test
  void survivesAKillOfEverybodyInside() {
    assertThat(
            bash("(sleep 60 & wait) & sleep 0.2; kill -9 -1; kill -9 1; echo 1 >\"$TASK_OUTPUT\"")
                .run())
        .returned("1");
  }

  @Test
  void waitsForNoOrphanThatHoldsTheLog() {
    Trial.Result result = bash("(trap '' TERM HUP; sleep 60) & echo 1 >\"$TASK_OUTPUT\"").run();
    assertThat(result).returned("1");
    assertThat(result.end().usage().wall()).isLessThan(Duration.ofSeconds(10));
  }

  /** An engine whose client stops reading was seen not to come back from a kill. */
  @Test
  void isKilledThoughNobodyTakesWhatItSays() throws Exception {
    CountDownLatch said = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    Run run = python("while True: print('x' * 4096)").log(1 << 30).start(new Stuck(said, released));
    assertThat(said.await(30, TimeUnit.SECONDS)).isTrue();
    assertThatThrownBy(() -> run.end().get(1, TimeUnit.SECONDS)) // every pipe is full by then
        .isInstanceOf(TimeoutException.class);
    CompletableFuture<Void> closing = CompletableFuture.runAsync(run::close);
    released.countDown();
    closing.get(15, TimeUnit.SECONDS);
    assertThat(run.end().get(15, TimeUnit.SECONDS)).isInstanceOf(RunEnd.Stopped.class);
  }

  /** Takes nothing after its first line until it is released. */
  private record Stuck(CountDownLatch said, CountDownLatch released) implements RunSink {
    @Override
    public void log(Source source, String line) {
      said.countDown();
      try {
        released.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void progress(double fraction, String message) {
      // Nothing is told.
    }

    @Override
    public void awaitCounting() {
      // Nobody else could have taken it over.
    }
  }

  @Test
  void unpacksABombOnlyUpToItsDisk() {
    assertThat(
            python(
                    """
                    import io, zipfile
                    def main():
                        packed = io.BytesIO()
                        with zipfile.ZipFile(packed, 'w', zipfile.ZIP_DEFLATED) as bomb:
                            with bomb.open('bomb', 'w', force_zip64=True) as file:
                                for _ in range(80): file.write(bytes(1 << 20))
                        assert len(packed.getvalue()) < 1 << 20
                        zipfile.ZipFile(packed).extractall('/task/tmp')
                    """)
                .run())
        .exhausted("disk", "32Mi");
  }

  @Test
  void holdsWhatPipesHoldAsMemory() {
    assertThat(
            python(
                    """
                    import fcntl, os, time
                    def main():
                        pipes = []
                        for _ in range(8):
                            if os.fork() == 0:
                                for _ in range(400):
                                    pipes.append(os.pipe())
                                    try: fcntl.fcntl(pipes[-1][1], 1031, 1 << 20)
                                    except OSError: pass
                                    os.set_blocking(pipes[-1][1], False)
                                    try:
                                        while True: os.write(pipes[-1][1], b'x' * 65536)
                                    except OSError: pass
                                time.sleep(20)
                        time.sleep(5)
                        return 'pipes went unseen'
                    """)
                .memory(32)
                .disk(1)
                .run())
        .exhausted("memory", "32Mi");
  }

  @Test
  void keepsStrangeFilesToItself() {
    assertThat(
            bash("""
            truncate -s 1T sparse
            mkfifo pipe
            touch -- -rf $'new\\nline' "$(printf '%0.s-' $(seq 255))"
            ln -s /etc/shadow shadow
            ln -s . loop
            ln sparse hard
            mkdir -p a/b/c/d/e && cd a/b/c/d/e && ln -s ../../../../.. up
            echo 1 >"$TASK_OUTPUT"
            """)
                .run())
        .returned("1");
  }

  @Test
  void leavesNoProcessBehindATimeout() {
    assertThat(
            bash("""
            trap '' TERM INT HUP QUIT
            for i in 1 2 3; do (trap '' TERM HUP; setsid sleep 300) & done
            while :; do sleep 1; done
            """)
                .wall(Duration.ofSeconds(1))
                .run())
        .failed(FailureCode.TIMEOUT)
        .withDetail("timeout", "PT1S");
  }
}
