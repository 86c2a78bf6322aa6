import type { Progress } from "../js/public-types.ts";

/** The terminal or file that shows the progress. */
type Screen = { isTTY?: boolean; columns?: number; write(text: string): unknown };

/** Names of phases for people. */
const DOING: Record<Progress["phase"], string> = {
  analyze: "comparing screenshots",
  plan: "choosing colors",
  encode: "writing frames",
};
/** Interval of updates in ms. */
const REDRAW_MS = 50;
const BAR = 24;
const CLEAR = "\r\x1b[K";

/** Shows the progress of an assembly: a bar on a terminal, else one line for each phase. */
export class ProgressDisplay {
  #drawnAt = 0;
  #isDrawn = false;
  #phase: string | undefined;

  constructor(private readonly screen: Screen | undefined) {}

  /** For `options.onProgress`. */
  readonly show = ({ phase, done, total, ratio }: Progress): void => {
    if (!this.screen) return;
    if (this.screen.isTTY) this.#draw(DOING[phase] ?? phase, `${done}/${total}`, ratio);
    else if (phase !== this.#phase) this.line(`${DOING[phase] ?? phase}${total > 1 ? ` (${total})` : ""}`);
    this.#phase = phase;
  };

  /** Prints a permanent line. */
  line(text: string): void {
    this.clear();
    this.screen?.write(`${text}\n`);
  }

  /** Prints a warning, also with `--quiet`. */
  warn(text: string): void {
    this.clear();
    (this.screen ?? process.stderr).write(`${text}\n`);
  }

  /** Removes the bar. */
  clear(): void {
    if (this.#isDrawn) this.screen?.write(CLEAR);
    this.#isDrawn = false;
  }

  #draw(doing: string, count: string, ratio: number): void {
    const now = performance.now();
    if (ratio < 1 && now - this.#drawnAt < REDRAW_MS) return;
    this.#drawnAt = now;
    const full = Math.round(ratio * BAR);
    const bar = `${"#".repeat(full)}${"-".repeat(BAR - full)}`;
    const line = `[${bar}] ${String(Math.floor(ratio * 100)).padStart(3)} %  ${doing} ${count}`;
    this.screen?.write(`${CLEAR}${line.slice(0, (this.screen.columns || 80) - 1)}`);
    this.#isDrawn = true;
  }
}
