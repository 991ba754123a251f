import type { Problem } from "./types";
import { currentKey, signOut } from "./session";

/** The service refused, and says why. */
export class ProblemError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail);
    this.name = "ProblemError";
  }
}

/** No answer, or one that says that the service cannot answer now. */
export class AwayError extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = "AwayError";
  }
}

export interface Answer<T> {
  data: T;
  status: number;
  headers: Headers;
}

export interface Request {
  method?: string;
  /** Sent as JSON. */
  json?: unknown;
  /** Sent as it is, with its media type. */
  text?: { type: string; body: string };
  headers?: Record<string, string>;
  signal?: AbortSignal;
  /** Instead of the session's key. */
  key?: string;
}

const AWAY = [502, 503, 504];

/** The bare answer. Throws {@link AwayError} or {@link ProblemError} where it is none. */
export async function fetchAnswer(path: string, request: Request = {}): Promise<Response> {
  const key = request.key ?? currentKey();
  const headers: Record<string, string> = { ...request.headers };
  if (key !== null) headers["Authorization"] = `Bearer ${key}`;
  let body: string | undefined;
  if (request.text !== undefined) {
    headers["Content-Type"] = request.text.type;
    body = request.text.body;
  } else if (request.json !== undefined) {
    headers["Content-Type"] = "application/json";
    body = JSON.stringify(request.json);
  }
  let response: Response;
  try {
    response = await fetch(path, {
      method: request.method ?? "GET",
      headers,
      body,
      signal: request.signal,
      credentials: "omit",
      redirect: "error",
    });
  } catch (error) {
    if (request.signal?.aborted) throw error;
    throw new AwayError(String(error));
  }
  if (response.ok) return response;
  if (AWAY.includes(response.status)) throw new AwayError(`status ${response.status}`);
  if (response.status === 401 && request.key === undefined && key === currentKey()) signOut(true);
  throw new ProblemError(await problemOf(response));
}

export async function call<T>(path: string, request: Request = {}): Promise<Answer<T>> {
  const response = await fetchAnswer(path, request);
  const text = await response.text();
  return {
    data: (text === "" ? null : JSON.parse(text)) as T,
    status: response.status,
    headers: response.headers,
  };
}

/** The data of the answer. */
export async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  return (await call<T>(path, signal === undefined ? {} : { signal })).data;
}

async function problemOf(response: Response): Promise<Problem> {
  try {
    const body: unknown = await response.json();
    if (typeof body === "object" && body !== null && "code" in body) return body as Problem;
  } catch {
    // a proxy's page, perhaps
  }
  return {
    type: "about:blank",
    title: response.statusText,
    status: response.status,
    code: "UNKNOWN",
    detail: `The answer was ${response.status} ${response.statusText}, without a reason.`,
    traceId: "",
  };
}

/** A fresh key by which the service knows a repeated request; also outside secure contexts. */
export function freshKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
