import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import type { Language, Mark } from "../parts/CodeEditor";
import { LocatedText } from "../parts/pointer";
import { call, ProblemError } from "../service/call";
import type { Violation } from "../service/types";
import { MEDIA_TYPES } from "./definition";

const PAUSE = 400;

/** A thing that is wrong with a definition, and where it stands in the text. */
export interface Fault extends Mark {
  line: number;
  pointer: string;
}

export interface Verdict {
  state: "checking" | "valid" | "wrong" | "unread";
  faults: Fault[];
  /** A refusal as a whole. */
  error: Error | null;
}

/** What the service says of a definition that is being written, with each error at its place. */
export function useVerdict(text: string, language: Language): Verdict {
  const settled = useSettled(text);
  const located = useMemo(() => new LocatedText(settled), [settled]);
  const spelling = located.faults;
  const check = useQuery({
    queryKey: ["validate", language, settled],
    queryFn: async ({ signal }) =>
      (
        await call<{ valid: boolean; errors: Violation[] }>("/tasks/validate", {
          method: "POST",
          text: { type: MEDIA_TYPES[language], body: settled },
          signal,
        })
      ).data,
    enabled: spelling.length === 0 && settled.trim() !== "",
    staleTime: 30_000,
    gcTime: 60_000,
    placeholderData: keepPreviousData,
  });
  return useMemo(() => {
    if (spelling.length > 0) {
      const faults = spelling.map(({ span, message }) => ({
        ...span,
        message,
        line: located.line(span.from),
        pointer: "",
      }));
      return { state: "unread", faults, error: null };
    }
    const refused = check.error instanceof ProblemError ? check.error.problem.errors : undefined;
    const errors = refused ?? check.data?.errors ?? [];
    const faults = errors.map((violation) => faultOf(violation, located));
    if (settled !== text || check.isPlaceholderData || check.isPending) {
      return { state: "checking", faults, error: null };
    }
    const wrong = faults.length > 0 || check.error !== null;
    return { state: wrong ? "wrong" : "valid", faults, error: check.error };
  }, [spelling, located, check.error, check.data, check.isPending, check.isPlaceholderData, settled, text]);
}

export function faultOf(violation: Violation, located: LocatedText): Fault {
  const span = located.find(violation.pointer);
  return {
    ...span,
    message: violation.message,
    line: located.line(span.from),
    pointer: violation.pointer,
  };
}

/** The text after a pause in the typing. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    if (text === settled) return undefined;
    const timer = setTimeout(() => setSettled(text), PAUSE);
    return () => clearTimeout(timer);
  }, [text, settled]);
  return settled;
}
