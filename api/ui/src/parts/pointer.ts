import { type Document, isAlias, isMap, isPair, isScalar, isSeq, LineCounter, parseDocument } from "yaml";

/** A part of a text, in characters from its beginning. */
export interface Span {
  from: number;
  to: number;
}

/** A definition in YAML or JSON (which is YAML too), with the places of its parts. */
export class LocatedText {
  private readonly lines = new LineCounter();
  private readonly document: Document.Parsed;

  constructor(readonly text: string) {
    this.document = parseDocument(text, { lineCounter: this.lines, uniqueKeys: true });
  }

  /** What is wrong with the spelling; nothing can be sent before that is mended. */
  get faults(): { span: Span; message: string }[] {
    return this.document.errors.map((error) => ({
      span: this.clamp({ from: error.pos[0], to: error.pos[1] }),
      message: error.message.split("\n")[0]!.replace(/ at line \d+, column \d+:?$/, ""),
    }));
  }

  /** What the text says. */
  value(): unknown {
    return this.document.toJS();
  }

  /**
   * Where a JSON pointer leads; where it leads to nothing, such as a field that is missing, the nearest
   * thing around it. Of a field of an object it is the key.
   */
  find(pointer: string): Span {
    let node: unknown = this.document.contents;
    let found: Span = this.rangeOf(node, true);
    for (const part of partsOf(pointer)) {
      if (isAlias(node)) node = node.resolve(this.document);
      let next: unknown;
      if (isMap(node)) {
        const pair = node.items.find(
          (item) => isPair(item) && isScalar(item.key) && String(item.key.value) === part,
        );
        if (pair === undefined) return found;
        found = this.rangeOf(pair.key, false);
        next = pair.value;
      } else if (isSeq(node)) {
        next = node.items[Number(part)];
        if (next === undefined) return found;
        found = this.rangeOf(next, true);
      } else {
        return found;
      }
      node = next;
    }
    return found;
  }

  /** The line of a place, from 1. */
  line(offset: number): number {
    return this.lines.linePos(offset).line;
  }

  private rangeOf(node: unknown, firstLineOnly: boolean): Span {
    const range = (node as { range?: [number, number, number] } | null)?.range;
    if (range === undefined || range === null) return this.clamp({ from: 0, to: 0 });
    const [from, to] = range;
    const end = this.text.indexOf("\n", from);
    return this.clamp({ from, to: firstLineOnly && end >= 0 ? Math.min(to, end) : to });
  }

  private clamp(span: Span): Span {
    const from = Math.max(0, Math.min(span.from, this.text.length));
    return { from, to: Math.max(from, Math.min(span.to, this.text.length)) };
  }
}

/** The parts of an RFC 6901 pointer. */
export function partsOf(pointer: string): string[] {
  if (pointer === "") return [];
  return pointer
    .replace(/^#?\//, "")
    .split("/")
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}
