import { createContext, useContext } from "react";
import type { Caller } from "../service/types";

export const CallerContext = createContext<Caller | null>(null);

/** Who is signed in. Only below the entrance. */
export function useCaller(): Caller {
  const caller = useContext(CallerContext);
  if (caller === null) throw new Error("nobody is signed in");
  return caller;
}

/** Whether the person may do what the permission names. */
export function useMay(permission: string): boolean {
  return useCaller().permissions.includes(permission);
}
