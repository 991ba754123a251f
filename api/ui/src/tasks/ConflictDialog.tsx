import { lazy, Suspense } from "react";
import { messages } from "../messages";
import { Dialog } from "../parts/Dialog";

const Differences = lazy(() => import("../parts/Differences"));

/** Somebody else saved first: both texts side by side, and which of them is to be kept. */
export function ConflictDialog({
  title,
  text,
  left,
  right,
  takeTheirs,
  onTheirs,
  keepMine,
  onMine,
  onClose,
}: {
  title: string;
  text: string;
  /** What the other one saved. */
  left: string;
  right: string;
  takeTheirs: string;
  onTheirs: () => void;
  keepMine: string;
  onMine: () => void;
  onClose: () => void;
}) {
  return (
    <Dialog title={title} wide onClose={onClose}>
      <p>{text}</p>
      <Suspense fallback={<p role="status">{messages.loading}…</p>}>
        <Differences left={left} right={right} />
      </Suspense>
      <div className="actions">
        <button type="button" onClick={onClose}>
          {messages.cancelDialog}
        </button>
        <button type="button" onClick={onTheirs}>
          {takeTheirs}
        </button>
        <button type="button" className="primary" onClick={onMine}>
          {keepMine}
        </button>
      </div>
    </Dialog>
  );
}
