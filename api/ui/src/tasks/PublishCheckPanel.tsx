import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { messages } from "../messages";
import { ProblemNote, Violations } from "../parts/ProblemNote";
import { StatusBadge } from "../parts/StatusBadge";
import { call } from "../service/call";
import { withParameters } from "../service/queries";
import type { PublishCheck } from "../service/types";
import { MEDIA_TYPES, type Written } from "./definition";

const DEFAULT = 100;
const MOST = 1000;

/** Which of the last executions the draft would refuse now. */
export function PublishCheckPanel({ name, written }: { name: string; written: Written | null }) {
  const [last, setLast] = useState(DEFAULT);
  const check = useMutation({
    mutationFn: async () =>
      (
        await call<PublishCheck>(withParameters(`/tasks/${name}/publish-check`, { last }), {
          method: "POST",
          ...(written !== null && { text: { type: MEDIA_TYPES[written.language], body: written.text } }),
        })
      ).data,
  });
  const { reset } = check;
  useEffect(() => reset(), [written, reset]); // what was found out is about another text
  return (
    <section className="panel">
      <h2>{messages.publishCheck}</h2>
      <p className="muted">{messages.publishCheckText}</p>
      <form
        className="bar"
        onSubmit={(event) => {
          event.preventDefault();
          check.mutate();
        }}
      >
        <label className="beside">
          {messages.lastExecutions}
          <input
            type="number"
            min={1}
            max={MOST}
            required
            value={last}
            onChange={(event) => setLast(Number(event.target.value))}
          />
        </label>
        <button type="submit" disabled={check.isPending}>
          {messages.publishCheckDo}
        </button>
      </form>
      {check.isPending && <p role="status">{messages.validating}…</p>}
      {check.error !== null && <ProblemNote error={check.error} />}
      {check.data !== undefined && <Findings check={check.data} />}
    </section>
  );
}

function Findings({ check }: { check: PublishCheck }) {
  const { refused, checked, executions } = check;
  const none = refused.inputs + refused.outputs === 0;
  return (
    <>
      <p role="status" className={none ? "good-text" : "bad-text"}>
        {checked === 0 && messages.nothingToCheck}
        {checked > 0 && none && messages.nothingRefused(checked)}
        {!none && messages.wouldBeRefused(refused.inputs, refused.outputs, checked)}{" "}
        {!check.complete && messages.checkIncomplete}
      </p>
      {executions.length > 0 && (
        <div className="table-frame">
          <table>
            <thead>
              <tr>
                <th scope="col">{messages.execution}</th>
                <th scope="col" className="wide-only">{messages.version}</th>
                <th scope="col" className="wide-only">{messages.status}</th>
                <th scope="col" className="grows">{messages.refusedPlaces}</th>
              </tr>
            </thead>
            <tbody>
              {executions.map((execution) => (
                <tr key={execution.id}>
                  <td>
                    <Link to="/executions/$id" params={{ id: execution.id }} search={{ tab: "data" }} title={execution.id}>
                      <code>{execution.id.slice(-8)}</code>
                    </Link>
                  </td>
                  <td className="wide-only">{messages.versionN(execution.version)}</td>
                  <td className="wide-only">
                    <StatusBadge status={execution.status} />
                  </td>
                  <td className="grows">
                    {execution.input.length > 0 && (
                      <>
                        <small>{messages.input}</small> <Violations of={execution.input} />
                      </>
                    )}
                    {execution.output.length > 0 && (
                      <>
                        <small>{messages.output}</small> <Violations of={execution.output} />
                      </>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}
