import { lazy, type ReactNode, Suspense, useRef, useState } from "react";
import { messages } from "../messages";
import { shown } from "../parts/ansi";
import type { EditorHandle, Language } from "../parts/CodeEditor";
import { LocatedText } from "../parts/pointer";
import { ProblemNote } from "../parts/ProblemNote";
import { write, type Written } from "./definition";
import { useVerdict, type Verdict } from "./useVerdict";

const CodeEditor = lazy(() => import("../parts/CodeEditor"));

/** Edits a definition in YAML or JSON; the service's errors stand at their lines while one writes. */
export function DefinitionEditor({
  written,
  onChange,
  readOnly,
  actions,
}: {
  written: Written;
  onChange: (written: Written) => void;
  readOnly: boolean;
  actions?: (verdict: Verdict) => ReactNode;
}) {
  const editor = useRef<EditorHandle>(null);
  const verdict = useVerdict(written.text, written.language);
  const [refusal, setRefusal] = useState<string | null>(null);

  function change(language: Language): void {
    if (language === written.language) return;
    const located = new LocatedText(written.text);
    if (located.faults.length > 0) {
      setRefusal(`${messages.spelling}: ${located.faults[0]!.message}`);
      return;
    }
    setRefusal(null);
    onChange({ language, text: write(located.value(), language) });
  }

  return (
    <div className="definition">
      <div className="bar">
        <div className="choice" role="group" aria-label={messages.form}>
          {(["yaml", "json"] as const).map((language) => (
            <button
              key={language}
              type="button"
              aria-pressed={written.language === language}
              onClick={() => change(language)}
            >
              {messages[language]}
            </button>
          ))}
        </div>
        {!readOnly && <VerdictLine verdict={verdict} />}
        {refusal !== null && <span role="alert" className="bad-text">{refusal}</span>}
        <span className="gap" />
        {actions?.(verdict)}
      </div>
      <div className="editor-frame">
        <Suspense fallback={<p role="status">{messages.loading}…</p>}>
          <CodeEditor
            value={written.text}
            language={written.language}
            marks={readOnly ? [] : verdict.faults}
            readOnly={readOnly}
            label={messages.editor}
            onChange={(text) => onChange({ ...written, text })}
            handle={editor}
          />
        </Suspense>
      </div>
      {!readOnly && verdict.faults.length > 0 && (
        <ul className="faults" aria-label={messages.places(verdict.faults.length)}>
          {verdict.faults.map((fault, index) => (
            <li key={index}>
              <button type="button" className="link" onClick={() => editor.current?.jump(fault.from)}>
                {messages.line(fault.line)}
              </button>
              {fault.pointer !== "" && <code>{shown(fault.pointer)}</code>}
              <span>{shown(fault.message)}</span>
            </li>
          ))}
        </ul>
      )}
      {!readOnly && verdict.error !== null && verdict.faults.length === 0 && (
        <ProblemNote error={verdict.error} />
      )}
    </div>
  );
}

function VerdictLine({ verdict }: { verdict: Verdict }) {
  return (
    <span role="status" className={`verdict ${verdict.state}`}>
      {verdict.state === "checking" && `${messages.validating}…`}
      {verdict.state === "valid" && messages.valid}
      {verdict.state === "unread" && messages.spelling}
      {verdict.state === "wrong" && messages.places(Math.max(1, verdict.faults.length))}
    </span>
  );
}
