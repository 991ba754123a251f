/** What the page says of waits, and of the repair of an execution's row. */
export const waitingWords = {
  whyWaiting: "Why is it waiting?",
  waitsFor: (cause: string) => `It waits for ${cause}.`,
  waitsSince: (span: string) => `For ${span} now.`,
  nobodyAhead: "It is the next one.",
  ahead: (count: number) => (count === 1 ? "1 goes before it." : `${count.toLocaleString("en")} go before it.`),
  notBefore: "It may go on at",
  underWay: "What is under way",
  alsoWaiting: "What waits too",
  waits: "Waits",
  waitCauses: {
    RECEIVED: "its turn: limits and a free slot",
    WAITING: "its next step",
    PAUSED: "somebody to resume it",
  } as Record<string, string>,
  pausedFor: (by: string, reason: string) => (reason === "" ? `a resume; paused by ${by}` : `a resume; paused by ${by}: ${reason}`),
  waitedFrom: "From",
  waitedFor: "Waited for",
  waitStill: "still",
  waitShare: (waited: string, whole: string) => `${waited} of ${whole} was spent waiting.`,
  repair: "Repair",
  repairTitle: "Repair this execution?",
  repairText:
    "What the lists and this page say of it is held against what is on record, and set right where the two differ. Its work is not touched.",
  repairYes: "Repair it",
  repairedNone: "Nothing was wrong.",
  repaired: (parts: string) => `Set right: ${parts}.`,
};
