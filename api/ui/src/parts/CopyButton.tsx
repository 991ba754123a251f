import { useEffect, useState } from "react";
import { messages } from "../messages";

/** Copies a text; also where the clipboard's own interface is refused, outside secure contexts. */
export function CopyButton({ text, label }: { text: () => string; label?: string }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), 1500);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <button
      type="button"
      className="quiet small"
      aria-label={label}
      onClick={() => void copy(text()).then(setCopied)}
    >
      <span aria-live="polite">{copied ? messages.copied : messages.copy}</span>
    </button>
  );
}

async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement("textarea");
    area.value = text;
    area.className = "offscreen";
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }
}
