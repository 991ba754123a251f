import { type Ref, useEffect, useImperativeHandle, useRef } from "react";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import { yaml } from "@codemirror/lang-yaml";
import {
  bracketMatching,
  foldGutter,
  foldKeymap,
  HighlightStyle,
  indentOnInput,
  syntaxHighlighting,
} from "@codemirror/language";
import { type Diagnostic, lintGutter, setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { Compartment, EditorState, type Extension } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { tags } from "@lezer/highlight";

export type Language = "yaml" | "json";
export type Mark = Pick<Diagnostic, "from" | "to" | "message">;

export interface EditorHandle {
  /** Puts the cursor there and shows it. */
  jump(offset: number): void;
}

const colours = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: "var(--code-key)" },
  { tag: [tags.string, tags.content], color: "var(--code-string)" },
  { tag: [tags.number, tags.bool, tags.null, tags.keyword, tags.atom], color: "var(--code-value)" },
  { tag: tags.comment, color: "var(--muted)", fontStyle: "italic" },
  { tag: tags.invalid, color: "var(--bad)" },
]);

const look = EditorView.theme({
  "&": { color: "var(--text)", backgroundColor: "var(--raised)", fontSize: "12.5px", height: "100%" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.55" },
  ".cm-gutters": {
    backgroundColor: "var(--raised)",
    color: "var(--muted)",
    borderRight: "1px solid var(--line)",
  },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "var(--hover)" },
  ".cm-cursor": { borderLeftColor: "var(--text)" },
  ".cm-selectionBackground, &.cm-focused .cm-selectionBackground": {
    backgroundColor: "var(--selected) !important",
  },
  ".cm-selectionMatch": { backgroundColor: "var(--selected)" },
  ".cm-panels, .cm-tooltip": {
    backgroundColor: "var(--surface)",
    color: "var(--text)",
    border: "1px solid var(--line)",
  },
  ".cm-foldPlaceholder": { background: "var(--hover)", color: "var(--muted)", border: "none" },
  ".cm-diagnostic-error": { borderLeftColor: "var(--bad)" },
  ".cm-lintRange-error": {
    backgroundImage: "none",
    textDecoration: "underline wavy var(--bad)",
    textUnderlineOffset: "3px",
  },
  ".cm-insertedLine, .cm-changedText": { background: "var(--inserted) !important" },
  ".cm-collapsedLines": { background: "var(--hover) !important", color: "var(--muted)" },
  ".cm-collapsedLines::before, .cm-collapsedLines::after": { content: '"⋯" !important' },
  ".cm-deletedChunk, .cm-deletedText, .cm-deletedLine": { background: "var(--deleted) !important" },
});

/** What every editor here has. */
export const appearance: Extension = [syntaxHighlighting(colours), look];

export function languageOf(language: Language): Extension {
  return language === "yaml" ? yaml() : json();
}

/**
 * A text editor. It stands in a shadow root, where it takes its styles from constructed sheets: the
 * page's policy allows no style elements. Tab leaves it, as it leaves every other field.
 */
export default function CodeEditor({
  value,
  language,
  marks,
  readOnly,
  label,
  onChange,
  handle,
}: {
  value: string;
  language: Language;
  marks?: readonly Mark[];
  readOnly?: boolean;
  label: string;
  onChange?: (value: string) => void;
  handle?: Ref<EditorHandle>;
}) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const changed = useRef(onChange);
  /** While a text comes from outside: what nobody has written is no change. */
  const handedIn = useRef(false);
  const setup = useRef(new Compartment());
  changed.current = onChange;

  useEffect(() => {
    const element = host.current!;
    const root = element.shadowRoot ?? element.attachShadow({ mode: "open" });
    const editor = new EditorView({
      root,
      parent: root,
      state: EditorState.create({
        doc: value,
        extensions: [
          lineNumbers(),
          foldGutter(),
          history(),
          drawSelection(),
          indentOnInput(),
          bracketMatching(),
          highlightActiveLine(),
          highlightSelectionMatches(),
          lintGutter(),
          keymap.of([...defaultKeymap, ...historyKeymap, ...searchKeymap, ...foldKeymap]),
          EditorView.contentAttributes.of({ "aria-label": label, tabindex: "0" }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged && !handedIn.current) changed.current?.(update.state.doc.toString());
          }),
          appearance,
          setup.current.of([]),
        ],
      }),
    });
    view.current = editor;
    return () => editor.destroy();
    // eslint-disable-next-line react-hooks/exhaustive-deps -- what changes later is handed in below
  }, [label]);

  useEffect(() => {
    const editor = view.current!;
    if (editor.state.doc.toString() !== value) {
      handedIn.current = true;
      editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value } });
      handedIn.current = false;
    }
  }, [value]);

  useEffect(() => {
    view.current!.dispatch({
      effects: setup.current.reconfigure([
        languageOf(language),
        EditorState.readOnly.of(readOnly === true),
        EditorView.editable.of(readOnly !== true),
      ]),
    });
  }, [language, readOnly]);

  useEffect(() => {
    const editor = view.current!;
    const length = editor.state.doc.length;
    const diagnostics = (marks ?? []).map((mark) => ({
      ...mark,
      from: Math.min(mark.from, length),
      to: Math.min(mark.to, length),
      severity: "error" as const,
    }));
    editor.dispatch(setDiagnostics(editor.state, diagnostics));
  }, [marks, value]);

  useImperativeHandle(handle, () => ({
    jump(offset) {
      const editor = view.current!;
      const anchor = Math.min(offset, editor.state.doc.length);
      editor.dispatch({
        selection: { anchor },
        effects: EditorView.scrollIntoView(anchor, { y: "center" }),
      });
      editor.focus();
    },
  }));

  return <div ref={host} className="code-editor" />;
}
