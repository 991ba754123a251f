import { useSyncExternalStore } from "react";

/**
 * The API key of the person at the page. It is kept for the tab only, unless the person ticks "keep on
 * this device"; the sign-out forgets it in both places.
 */
const NAME = "taskwright.key";
const listeners = new Set<() => void>();

interface Session {
  key: string | null;
  /** The service refused the key that was there before. */
  refused: boolean;
}

let session: Session = { key: stored(), refused: false };

function stored(): string | null {
  try {
    return sessionStorage.getItem(NAME) ?? localStorage.getItem(NAME);
  } catch {
    return null;
  }
}

function become(next: Session): void {
  session = next;
  listeners.forEach((listener) => listener());
}

function forget(): void {
  try {
    sessionStorage.removeItem(NAME);
    localStorage.removeItem(NAME);
  } catch {
    // storage is refused: nothing was kept
  }
}

export function currentKey(): string | null {
  return session.key;
}

export function signIn(key: string, keep: boolean): void {
  forget();
  try {
    (keep ? localStorage : sessionStorage).setItem(NAME, key);
  } catch {
    // it lasts as long as the page then
  }
  become({ key, refused: false });
}

export function signOut(refused = false): void {
  forget();
  become({ key: null, refused });
}

export function useSession(): Session {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => session,
  );
}
