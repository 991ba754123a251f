package io.taskwright.sandbox.conformance;

import static io.taskwright.sandbox.conformance.ResultAssert.assertThat;

import io.taskwright.model.execution.FailureCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The code's contract in Node.js. */
abstract class NodeSuite extends Suite {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "function main(input) { return input.a + 1; }",
        "async function main(input) { await null; return input.a + 1; }",
        "const main = (input) => input.a + 1;",
        "module.exports = {main: (input) => input.a + 1};",
        "module.exports.main = async (input) => input.a + 1;",
        "module.exports = (input) => input.a + 1;",
        """
        'use strict';
        function main(input) { return (function () { return this === undefined; })() && input.a + 1; }
        """,
        "#!/usr/bin/env node\nfunction main(input) { return input.a + 1; }",
        """
        function main(input) { return input.a + 1; }
        if (require.main === module) throw new Error('a script');
        """,
        "export function main(input) { return input.a + 1; }",
        "export const main = async (input) => input.a + 1;",
        "export default function (input) { return input.a + 1; }",
        "export default async (input) => input.a + 1;",
        "import os from 'node:os';\nfunction main(input) { return os.EOL.length + input.a; }",
        """
        const {sep} = await import('node:path');
        export const main = (input) => input.a + sep.length;
        """
      })
  void callsMainHoweverItIsWritten(String source) {
    assertThat(node(source).input("{\"a\":41}").run()).returned("42");
  }

  @Test
  void runsAProgramWithoutMain() {
    assertThat(
            node("""
            const fs = require('fs');
            if (require.main !== module) throw new Error('not the main module');
            let text = '';
            process.stdin.on('data', (part) => (text += part));
            process.stdin.on('end', () => {
              const same = text === fs.readFileSync(process.env.TASK_INPUT, 'utf8');
              setTimeout(() => fs.writeFileSync(process.env.TASK_OUTPUT, JSON.stringify([JSON.parse(text), same])), 10);
            });
            """)
                .input("{\"k\":[1]}")
                .run())
        .returned("[{\"k\":[1]},true]");
  }

  @Test
  void returnsNullForUndefined() {
    assertThat(node("function main() {}").run()).returned("null");
  }

  @Test
  void endsWhenMainIsDoneWhateverElseGoesOn() {
    assertThat(node("function main() { setInterval(() => {}, 1000); return 1; }").run())
        .returned("1");
  }

  @Test
  void tellsTheStackOfTheProgramAlone() {
    assertThat(
            node("""
            function main() {
              inner();
            }
            function inner() {
              throw new TypeError('boom');
            }
            """)
                .run())
        .failed(FailureCode.CODE_ERROR)
        .withMessage("TypeError: boom")
        .withDetail("exitCode", "1")
        .withDetail("stackTrace", "at inner", "main.js:5:9", "at main", "main.js:2:3")
        .withoutInDetail("stackTrace", "node.js", "node:internal");
  }

  @Test
  void failsForARejectionThatNobodyHandles() {
    assertThat(node("Promise.reject(new Error('lost')); setTimeout(() => {}, 1000);").run())
        .failed(FailureCode.CODE_ERROR)
        .withMessage("Error: lost");
    assertThat(node("function main() { throw 'a string'; }").run())
        .failed(FailureCode.CODE_ERROR)
        .withMessage("a string");
  }

  @Test
  void tellsASyntaxErrorAsAnErrorOfTheCode() {
    assertThat(node("function main( {").run())
        .failed(FailureCode.CODE_ERROR)
        .withMessage("SyntaxError");
  }

  @Test
  void tellsTheExitCode() {
    assertThat(node("process.exit(4)").run())
        .failed(FailureCode.CODE_ERROR)
        .withDetail("exitCode", "4");
  }

  @Test
  void refusesWhatIsNoJson() {
    assertThat(node("function main() { const a = {}; a.a = a; return a; }").run())
        .failed(FailureCode.OUTPUT_INVALID)
        .withMessage("circular");
    assertThat(node("function main() { return 10n; }").run())
        .failed(FailureCode.OUTPUT_INVALID)
        .withMessage("BigInt");
    assertThat(node("function main() { return () => 1; }").run())
        .failed(FailureCode.OUTPUT_INVALID)
        .withMessage("a function is no JSON");
  }

  @Test
  void requiresTheOtherFilesOfTheBundle() {
    assertThat(
            node("""
            const {add} = require('./lib/sums');
            module.exports = {main: ([a, b]) => add(a, b)};
            """)
                .file("lib/sums.js", "exports.add = (a, b) => a + b;")
                .input("[1,2]")
                .run())
        .returned("3");
    assertThat(
            node("""
            import {add} from './sums.mjs';
            export function main([a, b]) { return add(a, b); }
            """)
                .file("sums.mjs", "export const add = (a, b) => a + b;")
                .input("[1,2]")
                .run())
        .returned("3");
  }

  @Test
  void hasWorkerThreadsAndChildProcesses() {
    assertThat(
            node("""
            const {Worker} = require('worker_threads');
            const {execFileSync} = require('child_process');
            function main() {
              return new Promise((resolve, reject) => {
                const worker = new Worker("require('worker_threads').parentPort.postMessage(6 * 7)", {eval: true});
                worker.on('error', reject);
                worker.on('message', (n) => resolve([n, execFileSync('echo', ['two']).toString().trim()]));
              });
            }
            """)
                .run())
        .returned("[42,\"two\"]");
  }

  @Test
  void runsJavascriptUnderTheContractThatItHasInsideTheWorker() {
    assertThat(
            javascript(
                    """
                    console.log('a', 1, {b: [2]}, null, undefined, new Error('x'));
                    async function main(input) {
                      console.error('oops');
                      progress(0.5, 'half');
                      return [input.a + 1, process.env.TASK_ID];
                    }
                    """)
                .input("{\"a\":41}")
                .variable("TASK_ID", "7")
                .run())
        .returned("[42,\"7\"]")
        .said("STDOUT a 1 {\"b\":[2]} null undefined Error: x", "STDERR oops", "PROGRESS 0.5");
    assertThat(javascript("let x = 1;").run())
        .failed(FailureCode.CODE_ERROR)
        .withMessage("no function main");
    assertThat(javascript("function main() { return new Promise(() => {}); }").run())
        .failed(FailureCode.CODE_ERROR)
        .withMessage("nothing is left to keep");
  }

  @Test
  void fillingTheHeapIsAMatterOfMemory() {
    assertThat(
            node("function main() { const a = []; for (;;) a.push(new Array(1000).fill('x' +"
                    + " a.length)); }")
                .run())
        .exhausted("memory", "128Mi");
  }
}
