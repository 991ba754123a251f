/** A piece of a line of log and how it is to look, as names of classes; never markup. */
export interface Piece {
  text: string;
  classes: string;
}

const COLOURS = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"];
// CSI sequences, OSC strings up to their end, and two-character escapes.
const ESCAPE =
  // eslint-disable-next-line no-control-regex
  /\u001b(?:\[([0-?]*)([ -/]*)([@-~])|[\]PX^_][\s\S]*?(?:\u0007|\u001b\\|$)|[ -/]*[0-Z\\^-~])|\u009b([0-?]*)([ -/]*)([@-~])/g;
// What would move, hide or turn around text: the rest of C0 and C1, and the controls of direction.
// eslint-disable-next-line no-control-regex
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;

/** The text with its invisible characters shown: `⟨U+202E⟩`. Tabs and line breaks stay. */
export function shown(text: string): string {
  return text.replace(
    UNSEEN,
    (character) => `⟨U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}⟩`,
  );
}

class Style {
  private colour = "";
  private background = "";
  private readonly flags = new Set<string>();

  take(parameters: string): void {
    const codes = parameters.split(/[;:]/).map((code) => (code === "" ? 0 : Number(code)));
    for (let i = 0; i < codes.length; i++) {
      const code = codes[i]!;
      if (code === 0) this.reset();
      else if (code === 1) this.flags.add("bold");
      else if (code === 2) this.flags.add("dim");
      else if (code === 3) this.flags.add("italic");
      else if (code === 4) this.flags.add("underlined");
      else if (code === 22) ["bold", "dim"].forEach((flag) => this.flags.delete(flag));
      else if (code === 23) this.flags.delete("italic");
      else if (code === 24) this.flags.delete("underlined");
      else if (code >= 30 && code <= 37) this.colour = `fg-${COLOURS[code - 30]}`;
      else if (code >= 90 && code <= 97) this.colour = `fg-${COLOURS[code - 90]}`;
      else if (code === 39) this.colour = "";
      else if (code >= 40 && code <= 47) this.background = `bg-${COLOURS[code - 40]}`;
      else if (code >= 100 && code <= 107) this.background = `bg-${COLOURS[code - 100]}`;
      else if (code === 49) this.background = "";
      else if (code === 38 || code === 48) i += codes[i + 1] === 5 ? 2 : 4; // not one of the sixteen: left out
    }
  }

  private reset(): void {
    this.colour = "";
    this.background = "";
    this.flags.clear();
  }

  classes(): string {
    return [this.colour, this.background, ...this.flags].filter((name) => name !== "").join(" ");
  }
}

/** A line of log in pieces. Colours become classes, all other escapes vanish. */
export function pieces(line: string): Piece[] {
  if (!/[\u001b\u009b]/.test(line)) return [{ text: shown(line), classes: "" }];
  const style = new Style();
  const found: Piece[] = [];
  let last = 0;
  const push = (text: string): void => {
    if (text !== "") found.push({ text: shown(text), classes: style.classes() });
  };
  for (const match of line.matchAll(ESCAPE)) {
    push(line.slice(last, match.index));
    last = match.index + match[0].length;
    if ((match[3] ?? match[6]) === "m") style.take(match[1] ?? match[4] ?? "");
  }
  push(line.slice(last));
  return found;
}
