import { useEffect } from "react";
import { messages } from "../messages";

/** Names the room in the window's title. */
export function useTitle(room: string): void {
  useEffect(() => {
    document.title = `${room} · ${messages.product}`;
  }, [room]);
}
