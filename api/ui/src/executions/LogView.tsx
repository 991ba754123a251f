import { useVirtualizer } from "@tanstack/react-virtual";
import { memo, useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
import { messages } from "../messages";
import { pieces } from "../parts/ansi";
import { clock } from "../parts/time";
import type { LogLine, Story } from "./story";

const ROW = 20;
const NEAR_END = 4 * ROW;

/** The log as it is written. Only the rows in sight are in the document, however long it is. */
export function LogView({ story }: { story: Story }) {
  const { lines, state } = story;
  const frame = useRef<HTMLDivElement>(null);
  const [following, setFollowing] = useState(true);
  const [sought, setSought] = useState("");
  const [current, setCurrent] = useState(0);
  const needle = useDeferredValue(sought.toLowerCase());
  const count = lines.length;
  const matches = useMemo(() => find(lines, count, needle), [lines, count, needle]);
  const rows = useVirtualizer({
    count,
    getScrollElement: () => frame.current,
    estimateSize: () => ROW,
    overscan: 20,
  });

  useEffect(() => {
    if (following && count > 0) rows.scrollToIndex(count - 1, { align: "end" });
  }, [following, count, rows]);

  function scrolled(): void {
    const element = frame.current!;
    const left = element.scrollHeight - element.scrollTop - element.clientHeight;
    if (following !== left < NEAR_END) setFollowing(left < NEAR_END);
  }

  function step(by: number): void {
    if (matches.length === 0) return;
    const next = (current + by + matches.length) % matches.length;
    setCurrent(next);
    setFollowing(false);
    rows.scrollToIndex(matches[next]!, { align: "center" });
  }

  const marked = matches[current];
  return (
    <section className="log">
      <div className="bar">
        <input
          type="search"
          aria-label={messages.logSearch}
          placeholder={messages.logSearch}
          value={sought}
          onChange={(event) => {
            setSought(event.target.value);
            setCurrent(0);
          }}
          onKeyDown={(event) => {
            if (event.key === "Enter") step(event.shiftKey ? -1 : 1);
          }}
        />
        {needle !== "" && <span role="status">{messages.logMatches(matches.length)}</span>}
        <span className="gap" />
        {state === "connecting" && count > 0 && <span className="muted">{messages.streamConnecting}…</span>}
        <span className="muted">{messages.logLines(count)}</span>
        <label className="check">
          <input type="checkbox" checked={following} onChange={(event) => setFollowing(event.target.checked)} />
          {messages.followLog}
        </label>
      </div>
      <div ref={frame} className="log-frame" tabIndex={0} role="region" aria-label={messages.log} onScroll={scrolled}>
        {count === 0 && (
          <p className="muted">
            {state === "broken" ? messages.streamBroken : state === "ended" ? messages.logEmpty : messages.logEmptyYet}
          </p>
        )}
        <div className="log-rows" style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map(({ index, start }) => (
            <Row
              key={index}
              line={lines[index]!}
              top={start}
              match={needle !== "" && lines[index]!.text.toLowerCase().includes(needle)}
              current={index === marked && needle !== ""}
            />
          ))}
        </div>
      </div>
    </section>
  );
}

function find(lines: readonly LogLine[], count: number, needle: string): number[] {
  if (needle === "") return [];
  const found: number[] = [];
  for (let i = 0; i < count; i++) {
    if (lines[i]!.text.toLowerCase().includes(needle)) found.push(i);
  }
  return found;
}

const Row = memo(function Row({
  line,
  top,
  match,
  current,
}: {
  line: LogLine;
  top: number;
  match: boolean;
  current: boolean;
}) {
  const kind = `log-row l-${line.level.toLowerCase()}${match ? " match" : ""}${current ? " current" : ""}`;
  return (
    <div className={kind} style={{ transform: `translateY(${top}px)` }}>
      <time title={line.at}>{clock(line.at)}</time>
      <span className="log-source">{line.source}</span>
      <span className="log-text">
        {pieces(line.text).map((piece, index) => (
          <span key={index} className={piece.classes === "" ? undefined : piece.classes}>
            {piece.text}
          </span>
        ))}
      </span>
    </div>
  );
});
