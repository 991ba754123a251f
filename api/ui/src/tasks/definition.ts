import { stringify } from "yaml";
import type { Language } from "../parts/CodeEditor";
import { LocatedText } from "../parts/pointer";
import type { Task } from "../service/types";

/** What the service adds to a definition. */
const ADDED = new Set(["id", "version", "createdAt", "createdBy", "state", "note", "origin", "source", "archived"]);

/** A task's definition as its author would write it. */
export function definitionOf(task: Task): Record<string, unknown> {
  return Object.fromEntries(Object.entries(task).filter(([name]) => !ADDED.has(name)));
}

export function write(definition: unknown, language: Language): string {
  return language === "json"
    ? `${JSON.stringify(definition, null, 2)}\n`
    : stringify(definition, { lineWidth: 0, aliasDuplicateObjects: false });
}

export const MEDIA_TYPES: Readonly<Record<Language, string>> = {
  yaml: "application/yaml",
  json: "application/json",
};

export function languageOfType(mediaType: string): Language {
  return mediaType.includes("json") ? "json" : "yaml";
}

/** A definition as somebody writes it. */
export interface Written {
  text: string;
  language: Language;
}

/**
 * What an author wrote, with comments and all. A text that names files of a folder means nothing without the folder;
 * then it is the definition, which names their digest.
 */
export function asWritten(text: string, mediaType: string, definition: unknown): Written {
  const language = languageOfType(mediaType);
  return { language, text: namesFiles(text) ? write(definition, language) : text };
}

function namesFiles(text: string): boolean {
  if (!text.includes("files")) return false;
  const value = new LocatedText(text).value() as { automated?: { bundle?: { files?: unknown } } } | null;
  return value?.automated?.bundle?.files !== undefined;
}

/** The same text in the other language, without its comments. */
export function inLanguage(written: Written, language: Language): Written {
  return written.language === language
    ? written
    : { language, text: write(new LocatedText(written.text).value(), language) };
}
