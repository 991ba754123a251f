package io.taskwright.sandbox.conformance;

import static io.taskwright.sandbox.conformance.ResultAssert.assertThat;

import io.taskwright.model.execution.FailureCode;
import org.junit.jupiter.api.Test;

/** The code's contract in Python. */
abstract class PythonSuite extends Suite {
  @Test
  void callsMainWithTheInput() {
    assertThat(
            python("def main(input):\n  return {'hello': input['name'], 'n': input['n'] + 1}")
                .input("{\"name\":\"Ada\",\"n\":41}")
                .run())
        .returned("{\"hello\":\"Ada\",\"n\":42}");
  }

  @Test
  void callsMainWithoutTheInputIfItTakesNone() {
    assertThat(python("def main():\n  return [1, 2.5, None, True, 'ü']").run())
        .returned("[1,2.5,null,true,\"ü\"]");
  }

  @Test
  void awaitsAnAsyncMain() {
    assertThat(
            python(
                    """
                    import asyncio
                    async def main(input):
                        await asyncio.sleep(0.01)
                        return input
                    """)
                .input("\"later\"")
                .run())
        .returned("\"later\"");
  }

  @Test
  void callsADecoratedMain() {
    assertThat(
            python(
                    """
                    def twice(f):
                        def wrapper(*args):
                            return [f(*args), f(*args)]
                        return wrapper
                    @twice
                    def main(input):
                        return input
                    """)
                .input("7")
                .run())
        .returned("[7,7]");
  }

  @Test
  void runsAModuleWithMainUnderANameOfItsOwn() {
    assertThat(
            python(
                    """
                    if __name__ == '__main__':
                        raise SystemExit('run as a script')
                    def main():
                        import dataclasses, pickle
                        return [__name__, pickle.loads(pickle.dumps(Point(1, 2))).y]
                    from dataclasses import dataclass
                    @dataclass
                    class Point:
                        x: int
                        y: int
                    """)
                .run())
        .returned("[\"task\",2]");
  }

  @Test
  void runsAProgramWithoutMainAsAScript() {
    assertThat(
            python(
                    """
                    import json, os, sys
                    value = json.load(sys.stdin)
                    assert value == json.load(open(os.environ['TASK_INPUT']))
                    if __name__ == '__main__':
                        json.dump({'twice': value * 2}, open(os.environ['TASK_OUTPUT'], 'w'))
                    """)
                .input("21")
                .run())
        .returned("{\"twice\":42}");
  }

  @Test
  void returnsNullIfNothingIsReturned() {
    assertThat(python("print('done')").run()).returned("null").said("STDOUT done");
    assertThat(python("def main(): pass").run()).returned("null");
  }

  @Test
  void keepsAnOutputThatMainWroteItself() {
    assertThat(
            python(
                    """
                    import os
                    def main():
                        open(os.environ['TASK_OUTPUT'], 'w').write('[1]')
                    """)
                .run())
        .returned("[1]");
  }

  @Test
  void tellsTheTracebackOfTheProgramAlone() {
    assertThat(
            python(
                    """
                    def main(input):
                        return inner(input)
                    def inner(value):
                        return value['missing']
                    """)
                .input("{}")
                .run())
        .failed(FailureCode.CODE_ERROR)
        .withMessage("KeyError: 'missing'")
        .withDetail("exitCode", "1")
        .withDetail(
            "stackTrace", "main.py", "line 2, in main", "line 4, in inner", "value['missing']")
        .withoutInDetail("stackTrace", "python.py", "/opt/taskwright")
        .said("STDERR KeyError: 'missing'");
  }

  @Test
  void tellsASyntaxErrorAsAnErrorOfTheCode() {
    assertThat(python("def main(:\n  pass").run())
        .failed(FailureCode.CODE_ERROR)
        .withMessage("SyntaxError")
        .withDetail("stackTrace", "main.py", "line 1");
  }

  @Test
  void tellsTheExitCode() {
    assertThat(python("def main():\n  exit(3)").run())
        .failed(FailureCode.CODE_ERROR)
        .withMessage("exited with code 3")
        .withDetail("exitCode", "3");
    assertThat(python("import sys; sys.exit('no way')").run())
        .failed(FailureCode.CODE_ERROR)
        .withDetail("stackTrace", "no way");
    assertThat(python("import sys; sys.exit(0)").run()).returned("null");
  }

  @Test
  void refusesWhatIsNoJson() {
    assertThat(python("def main(): return {1, 2}").run())
        .failed(FailureCode.OUTPUT_INVALID)
        .withMessage("a value of type set is no JSON");
    assertThat(python("def main(): return float('nan')").run())
        .failed(FailureCode.OUTPUT_INVALID)
        .withMessage("not JSON compliant");
    assertThat(python("def main():\n  a = []\n  a.append(a)\n  return a").run())
        .failed(FailureCode.OUTPUT_INVALID)
        .withMessage("Circular");
    assertThat(python("def main(): return '\\ud800'").run())
        .failed(FailureCode.OUTPUT_INVALID)
        .withMessage("surrogates");
    assertThat(python("import os; open(os.environ['TASK_OUTPUT'], 'w').write('{nope')").run())
        .failed(FailureCode.OUTPUT_INVALID)
        .withMessage("{nope");
  }

  @Test
  void importsTheOtherFilesOfTheBundle() {
    assertThat(
            python("from lib.sums import add\ndef main(input): return add(*input)")
                .file("lib/__init__.py", "")
                .file("lib/sums.py", "def add(a, b): return a + b")
                .input("[1, 2]")
                .run())
        .returned("3");
  }

  @Test
  void startsAnEntryInAFolder() {
    assertThat(
            python("raise SystemExit(1)")
                .file("src/app.py", "import helper\ndef main(): return helper.WORD")
                .file("src/helper.py", "WORD = 'helped'")
                .entry("src/app.py")
                .run())
        .returned("\"helped\"");
  }

  @Test
  void hasThreadsProcessesAndTheUsualLibraries() {
    assertThat(
            python(
                    """
                    import sqlite3, ssl, subprocess, threading, multiprocessing.dummy, tempfile, ctypes, uuid
                    def main():
                        seen = []
                        thread = threading.Thread(target=seen.append, args=(1,))
                        thread.start(); thread.join()
                        seen.append(subprocess.run(['echo', 'two'], capture_output=True, text=True).stdout.strip())
                        seen.append(sqlite3.connect(':memory:').execute('select 3').fetchone()[0])
                        with tempfile.NamedTemporaryFile() as file:
                            file.write(b'four'); file.flush()
                            seen.append(open(file.name).read())
                        with multiprocessing.dummy.Pool(2) as pool:
                            seen += pool.map(abs, [-5])
                        return seen
                    """)
                .run())
        .returned("[1,\"two\",3,\"four\",5]");
  }

  @Test
  void endsThreadsAndExitHandlersAsPythonDoes() {
    assertThat(
            python(
                    """
                    import atexit, threading, time
                    def late():
                        time.sleep(0.05)
                        print('thread done')
                    def main():
                        atexit.register(print, 'handler done')
                        threading.Thread(target=late).start()
                        return 1
                    """)
                .run())
        .returned("1")
        .said("STDOUT thread done", "STDOUT handler done");
  }
}
