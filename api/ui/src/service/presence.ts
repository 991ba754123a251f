import { useSyncExternalStore } from "react";

/** Whether the service answered the last time that it was asked. */
let away = false;
const listeners = new Set<() => void>();

function become(next: boolean): void {
  if (away === next) return;
  away = next;
  listeners.forEach((listener) => listener());
}

export function noteAway(): void {
  become(true);
}

export function noteAnswer(): void {
  become(false);
}

export function useAway(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => away,
  );
}
