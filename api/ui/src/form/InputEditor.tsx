import type { RJSFSchema } from "@rjsf/utils";
import { lazy, Suspense, useMemo, useState } from "react";
import { messages } from "../messages";
import { LocatedText } from "../parts/pointer";
import type { Violation } from "../service/types";

const SchemaForm = lazy(() => import("./SchemaForm"));
const CodeEditor = lazy(() => import("../parts/CodeEditor"));

/** An input that is being written: a value in the form, or a text that need not be JSON yet. */
export interface Input {
  value: unknown;
  /** Set while it is written as JSON. */
  text?: string;
}

/** The value, or why there is none. */
export function readInput(input: Input): { value: unknown } | { fault: string } {
  if (input.text === undefined) return { value: input.value };
  try {
    return { value: input.text.trim() === "" ? {} : (JSON.parse(input.text) as unknown) };
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) };
  }
}

function describes(schema: unknown): schema is RJSFSchema {
  return typeof schema === "object" && schema !== null && Object.keys(schema).length > 0;
}

/** An input as a form made from the task's schema, or as JSON. */
export function InputEditor({
  schema,
  input,
  errors,
  onChange,
  onSubmit,
}: {
  schema: unknown;
  input: Input;
  errors: readonly Violation[];
  onChange: (input: Input) => void;
  onSubmit: () => void;
}) {
  const [refusal, setRefusal] = useState<string | null>(null);
  const asText = input.text !== undefined;
  const marks = useMemo(() => {
    if (input.text === undefined) return [];
    const located = new LocatedText(input.text);
    return errors.map(({ pointer, message }) => ({ ...located.find(pointer), message }));
  }, [input.text, errors]);

  function toForm(): void {
    const read = readInput(input);
    if ("fault" in read) return setRefusal(`${messages.inputWrong}: ${read.fault}`);
    setRefusal(null);
    onChange({ value: read.value });
  }

  return (
    <div className="input-editor">
      <div className="bar">
        <h2>{messages.input}</h2>
        {describes(schema) && (
          <div className="choice" role="group" aria-label={messages.input}>
            <button type="button" aria-pressed={!asText} onClick={toForm}>
              {messages.form}
            </button>
            <button
              type="button"
              aria-pressed={asText}
              onClick={() =>
                !asText && onChange({ ...input, text: JSON.stringify(input.value ?? {}, null, 2) })
              }
            >
              {messages.json}
            </button>
          </div>
        )}
        {refusal !== null && asText && (
          <span role="alert" className="bad-text">
            {refusal}
          </span>
        )}
      </div>
      {!describes(schema) && <p className="hint">{messages.noInputSchema}</p>}
      <Suspense fallback={<p role="status">{messages.loading}…</p>}>
        {asText ? (
          <div className="editor-frame small">
            <CodeEditor
              value={input.text!}
              language="json"
              marks={marks}
              label={messages.input}
              onChange={(text) => onChange({ ...input, text })}
            />
          </div>
        ) : (
          <SchemaForm
            schema={schema as RJSFSchema}
            value={input.value}
            errors={errors}
            onChange={(value) => onChange({ value })}
            onSubmit={onSubmit}
          />
        )}
      </Suspense>
    </div>
  );
}

/** What an editor for the schema begins with. */
export function firstInput(schema: unknown, value: unknown): Input {
  return describes(schema) ? { value } : { value, text: JSON.stringify(value ?? {}, null, 2) };
}
