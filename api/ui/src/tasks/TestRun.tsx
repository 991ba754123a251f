import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { messages } from "../messages";
import { shown } from "../parts/ansi";
import { Dialog } from "../parts/Dialog";
import { LocatedText } from "../parts/pointer";
import { ProblemNote } from "../parts/ProblemNote";
import { millisOf, span } from "../parts/time";
import { call } from "../service/call";
import type { CheckReport } from "../service/types";
import { MEDIA_TYPES, type Written } from "./definition";

type Test = CheckReport["tests"][number];

/** Runs the tests that stand in the text, which need not be saved, and shows what came of each. */
export function TestRun({ written, ready }: { written: Written; ready: boolean }) {
  const [open, setOpen] = useState(false);
  const hasTests = useMemo(() => namesTests(written), [written]);
  const run = useMutation({
    mutationFn: async () =>
      (
        await call<CheckReport>("/tasks/check", {
          method: "POST",
          text: { type: MEDIA_TYPES[written.language], body: written.text },
        })
      ).data,
  });
  if (!hasTests) return null;
  return (
    <>
      <button
        type="button"
        disabled={!ready || run.isPending}
        onClick={() => {
          setOpen(true);
          run.mutate();
        }}
      >
        {messages.runTests}
      </button>
      {open && (
        <Dialog title={messages.tests} wide onClose={() => setOpen(false)}>
          {run.isPending && <p role="status">{messages.testing}…</p>}
          {run.error !== null && <ProblemNote error={run.error} />}
          {run.data !== undefined && <Report report={run.data} />}
          <div className="actions">
            <button type="button" onClick={() => setOpen(false)}>
              {messages.close}
            </button>
          </div>
        </Dialog>
      )}
    </>
  );
}

function namesTests({ text }: Written): boolean {
  if (!text.includes("tests")) return false;
  const located = new LocatedText(text);
  if (located.faults.length > 0) return false;
  const tests = (located.value() as { tests?: unknown } | null)?.tests;
  return Array.isArray(tests) && tests.length > 0;
}

function Report({ report }: { report: CheckReport }) {
  return (
    <>
      <p role="status" className={report.failed === 0 ? "good-text" : "bad-text"}>
        {messages.testsPassed(report.passed, report.passed + report.failed)}
      </p>
      <ul className="tests">
        {report.tests.map((test) => (
          <Result key={test.name} test={test} />
        ))}
      </ul>
    </>
  );
}

function Result({ test }: { test: Test }) {
  return (
    <li className={test.passed ? "test good" : "test bad"}>
      <p>
        <strong>{shown(test.name)}</strong>{" "}
        <span className={test.passed ? "good-text" : "bad-text"}>{test.passed ? messages.passed : messages.failed}</span>{" "}
        <small>{span(millisOf(test.duration))}</small>{" "}
        {test.execution !== null && (
          <Link to="/executions/$id" params={{ id: test.execution }}>
            {messages.dryRun}
          </Link>
        )}
      </p>
      {test.differences.map((difference, index) => (
        <dl key={index} className="difference">
          <dt>
            <code>{messages.atPointer(shown(difference.pointer))}</code>
          </dt>
          <dd>
            {shown(difference.message)}
            {difference.expected !== undefined && (
              <small>
                {messages.expectedValue} <code>{shown(JSON.stringify(difference.expected))}</code>
              </small>
            )}
            {difference.actual !== undefined && (
              <small>
                {messages.actualValue} <code>{shown(JSON.stringify(difference.actual))}</code>
              </small>
            )}
          </dd>
        </dl>
      ))}
      {test.log.length > 0 && <pre tabIndex={0}>{shown(test.log.join("\n"))}</pre>}
    </li>
  );
}
