import { stringify } from "yaml";
import type { Language } from "../parts/CodeEditor";
import type { Task } from "../service/types";

/** What the service adds to a definition. */
const ADDED = new Set(["id", "version", "createdAt", "createdBy", "state", "publishedAt", "publishedBy"]);

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
