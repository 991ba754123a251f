import { messages } from "../messages";
import { shown } from "../parts/ansi";

/** How far the work says that it is. */
export function ProgressBar({ fraction, message, small }: { fraction: number; message: string; small?: boolean }) {
  const percent = Math.round(fraction * 100);
  return (
    <div className={small === true ? "progress small" : "progress"}>
      <progress max={100} value={percent} aria-label={messages.progress} />
      <span>
        {percent} %{small !== true && message !== "" && ` · ${shown(message)}`}
      </span>
    </div>
  );
}
