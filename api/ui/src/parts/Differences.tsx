import { MergeView, unifiedMergeView } from "@codemirror/merge";
import { EditorState } from "@codemirror/state";
import { EditorView, lineNumbers } from "@codemirror/view";
import { useEffect, useRef } from "react";
import { messages } from "../messages";
import { appearance, languageOf } from "./CodeEditor";

const NARROW = "(max-width: 700px)";

/** Two definitions side by side, on a narrow screen one below the other. */
export default function Differences({ left, right }: { left: string; right: string }) {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = host.current!;
    const root = element.shadowRoot ?? element.attachShadow({ mode: "open" });
    const still = [
      lineNumbers(),
      languageOf("yaml"),
      appearance,
      EditorState.readOnly.of(true),
      EditorView.editable.of(false),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ "aria-label": messages.differences, tabindex: "0" }),
    ];
    const collapse = { margin: 3, minSize: 6 };
    const view = matchMedia(NARROW).matches
      ? new EditorView({
          root,
          parent: root,
          doc: right,
          extensions: [
            ...still,
            unifiedMergeView({ original: left, mergeControls: false, collapseUnchanged: collapse }),
          ],
        })
      : new MergeView({
          root,
          parent: root,
          a: { doc: left, extensions: still },
          b: { doc: right, extensions: still },
          gutter: true,
          collapseUnchanged: collapse,
        });
    return () => view.destroy();
  }, [left, right]);
  return <div ref={host} className="code-editor differences" />;
}
