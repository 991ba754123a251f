package io.taskwright.sandbox.conformance;

import static io.taskwright.sandbox.conformance.ResultAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskwright.model.ByteSize;
import io.taskwright.model.execution.FailureCode;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Every limit holds, and each one that is broken has its own failure. */
abstract class LimitsSuite extends Suite {
  @Test
  void endsAnEndlessLoop() {
    Trial.Result result =
        python("def main():\n  while True: pass").wall(Duration.ofSeconds(2)).run();
    assertThat(result)
        .failed(FailureCode.TIMEOUT)
        .withDetail("timeout", "PT2S")
        .withMessage("PT2S", "timeoutSeconds");
    assertThat(result.end().usage().wall()).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(5));
    assertThat(result.end().usage().cpu()).isGreaterThan(Duration.ofMillis(300));
  }

  @Test
  void endsWhatUsesTooMuchProcessorTime() {
    Trial.Result result =
        python("def main():\n  while True: pass").cpuTime(Duration.ofSeconds(1)).run();
    assertThat(result)
        .exhausted("cpuTime", "PT1S")
        .withMessage("PT1S of processor time", "resourceRequirements.cpuSeconds");
    assertThat(result.end().usage().wall()).isLessThan(Duration.ofSeconds(20));
  }

  @Test
  void countsTheProcessorTimeOfProcessesThatNobodyWaitedFor() {
    assertThat(
            bash("""
            trap '' CHLD
            while :; do (for i in $(seq 2000); do :; done) & sleep 0.01; done
            """)
                .cpuTime(Duration.ofSeconds(1))
                .run())
        .exhausted("cpuTime", "PT1S");
  }

  @Test
  void countsNoProcessorTimeOfAProgramThatSleeps() {
    assertThat(bash("sleep 2; echo 1 >\"$TASK_OUTPUT\"").cpuTime(Duration.ofSeconds(1)).run())
        .returned("1");
  }

  @Test
  void endsAProgramThatSleepsTooLong() {
    assertThat(
            bash("trap '' TERM INT HUP; sleep 60 & wait; sleep 60")
                .wall(Duration.ofSeconds(1))
                .run())
        .failed(FailureCode.TIMEOUT);
  }

  @Test
  void killsAnAllocationOfAGibibyte() {
    Trial.Result result =
        python(
                """
                def main():
                  a = bytearray(1 << 30)
                  a[::4096] = b'x' * len(a[::4096])
                  return len(a)
                """)
            .run();
    assertThat(result)
        .exhausted("memory", "128Mi")
        .withMessage("128Mi", "resourceRequirements.memory");
    assertThat(result.end().usage().peakMemory()).isLessThan(ByteSize.ofMebibytes(128 + 32 + 1));
  }

  @Test
  void killsAnAllocationInAChildThoughTheParentEndsWell() {
    assertThat(
            python(
                    """
                    import subprocess, sys
                    def main():
                        child = subprocess.run([sys.executable, '-c', 'a = b"x" * (1 << 30)'])
                        return 'the parent lives, the child ended with %d' % child.returncode
                    """)
                .run())
        .exhausted("memory", "128Mi");
  }

  @Test
  void countsSharedMemoryAndMemoryFilesAsMemory() {
    assertThat(
            python(
                    """
                    import mmap, time
                    def main():
                        m = mmap.mmap(-1, 100 << 20)
                        for i in range(0, 100 << 20, 4096): m[i] = 1
                        time.sleep(2)
                        return 'shared memory went unseen'
                    """)
                .memory(64)
                .disk(100)
                .run())
        .exhausted("memory", "64Mi");
    assertThat(
            python(
                    """
                    import os, time
                    def main():
                        fd = os.memfd_create('x')
                        for _ in range(100): os.write(fd, b'x' * (1 << 20))
                        time.sleep(2)
                        return 'a memory file went unseen'
                    """)
                .memory(64)
                .disk(100)
                .run())
        .exhausted("memory", "64Mi");
  }

  @Test
  void letsFilesFillTheDiskWithoutTakingFromTheMemory() {
    assertThat(
            python(
                    """
                    def main():
                        with open('big', 'wb') as file:
                            for _ in range(90): file.write(b'x' * (1 << 20))
                        hold = bytearray(30 << 20)
                        hold[::4096] = b'x' * len(hold[::4096])
                        return len(hold)
                    """)
                .memory(64)
                .disk(96)
                .run())
        .returned(Integer.toString(30 << 20));
  }

  @Test
  void tellsAFullDisk() {
    assertThat(
            python(
                    """
                    def main():
                      with open('big', 'wb') as file:
                        while True: file.write(b'x' * (1 << 20))
                    """)
                .run())
        .exhausted("disk", "32Mi")
        .withMessage("32Mi", "resourceRequirements.disk");
    assertThat(bash("head -c 64M /dev/zero >/tmp/big").run()).exhausted("disk", "32Mi");
    assertThat(bash("fallocate -l 64M /tmp/big").run()).exhausted("disk", "32Mi");
  }

  @Test
  void letsAProgramDealWithAFullDisk() {
    assertThat(bash("head -c 64M /dev/zero >big; rm big; echo '\"well\"' >\"$TASK_OUTPUT\"").run())
        .returned("\"well\"");
  }

  @Test
  void boundsTheNumberOfFiles() {
    assertThat(
            python("def main():\n  for i in range(300_000): open(f'f{i}', 'w').close()")
                .files(500)
                .run())
        .exhausted("files", "500");
  }

  @Test
  void tellsThatTheProgramItselfIsTooLargeForTheDisk() {
    assertThat(python("def main(): pass").file("data.bin", new byte[3 << 20]).disk(1).run())
        .exhausted("disk", "1Mi");
  }

  @Test
  void endsAForkBomb() {
    assertThat(bash(":() { : | : & }; :; wait; sleep 5").wall(Duration.ofSeconds(8)).run())
        .exhausted("processes", "64");
  }

  @Test
  void boundsThreads() {
    assertThat(
            python(
                    """
                    import threading, time
                    def main():
                        threads = []
                        try:
                            for _ in range(200):
                                threads.append(threading.Thread(target=time.sleep, args=(30,), daemon=True))
                                threads[-1].start()
                        except RuntimeError:
                            pass
                        return len(threads)
                    """)
                .processes(32)
                .run())
        .exhausted("processes", "32");
  }

  @Test
  void endsAProgramThatSaysTooMuch() {
    Trial.Result result = python("def main():\n  while True: print('x' * 99)").log(100_000).run();
    assertThat(result).exhausted("log", Long.toString(100_000)).withMessage("100000 of log");
    assertThat(result.told().bytes()).isBetween(99_000L, 101_000L);
    assertThat(result.told().stdout().getFirst()).isEqualTo("x".repeat(99));
  }

  @Test
  void endsAGibibyteOfOutputSoon() {
    Trial.Result result = bash("head -c 1G /dev/zero | tr '\\0' 'y'").run();
    assertThat(result).exhausted("log", "1Mi");
    assertThat(result.told().bytes()).isLessThan((1 << 20) + 100);
    assertThat(result.told().stdout()).allMatch(line -> line.length() <= 65536);
    assertThat(result.end().usage().wall()).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void countsProgressAsLog() {
    assertThat(
            bash("while :; do echo '{\"fraction\":0.5,\"message\":\"again\"}'; done"
                    + " >\"$TASK_PROGRESS\"")
                .log(20_000)
                .run())
        .exhausted("log", "20000");
  }

  @Test
  void boundsTheOutput() {
    assertThat(python("def main(): return 'x' * 300_000").output(300_000).run())
        .exhausted("output", "300000")
        .withMessage("300000");
    assertThat(python("def main(): return 'x' * 299_998").output(300_000).run())
        .returned("\"" + "x".repeat(299_998) + "\"");
  }

  @Test
  void readsNoMoreOfASparseFileThanTheLimit() {
    assertThat(bash("truncate -s 1T \"$TASK_OUTPUT\"").run()).exhausted("output", "256Ki");
  }

  @Test
  void boundsOpenFilesAndCoreDumps() {
    assertThat(
            python(
                    """
                    import resource
                    def main():
                        try:
                            resource.setrlimit(resource.RLIMIT_CORE, (1, 1))
                        except ValueError as e:
                            refused = str(e)
                        files = []
                        try:
                            while True: files.append(open('/dev/null'))
                        except OSError as e:
                            return [refused != '', e.errno, len(files) < 1024]
                    """)
                .run())
        .returned("[true,24,true]");
  }

  @Test
  void holdsAHardQuotaOfProcessorTime() {
    Trial.Result result =
        python(
                """
                import time
                def main():
                    start, used = time.monotonic(), time.process_time()
                    while time.process_time() - used < 0.2: pass
                    return time.monotonic() - start > 0.8
                """)
            .cpuQuota(200)
            .run();
    assertThat(result).returned("true");
  }
}
