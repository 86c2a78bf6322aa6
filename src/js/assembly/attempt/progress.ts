import type { Progress } from "../../public-types.ts";

/** Share of an assembly's time that is over before each phase, as measured on ordinary tasks. */
const BEFORE: Record<Progress["phase"], number> = { analyze: 0, plan: 0.65, encode: 0.7 };
const AFTER: Record<Progress["phase"], number> = { analyze: 0.65, plan: 0.7, encode: 1 };

/** Reports progress as a ratio of the whole assembly that never falls, and is exactly 1 once: at the end. */
export class ProgressReporter {
  #ratio = 0;
  #over = false;
  /** Where the current attempt begins, and its share, both as ratios of the whole. */
  #start = 0;
  #span: number;

  /** `again`: the GIF may have to be made several times, for `maxBytes`. */
  constructor(
    private readonly report: ((progress: Progress) => void) | undefined,
    again: boolean,
  ) {
    this.#span = again ? 0.5 : 1;
  }

  /** The GIF is made once more: half of the ratio that is left is for that. */
  again(): void {
    this.#start += this.#span;
    this.#span = (1 - this.#start) / 2;
  }

  /** Reports `done` of `total` frames of a phase. `live`: more frames may come, so the ratio stays at 0. */
  at(phase: Progress["phase"], done: number, total: number, live = false): void {
    if (this.#over) return;
    const share = total > 0 ? done / total : 0;
    const ratio = live ? 0 : this.#start + this.#span * (BEFORE[phase] + share * (AFTER[phase] - BEFORE[phase]));
    // Work that is done again, or a screenshot that is left out, must not take the report back or to its end.
    this.#ratio = Math.max(this.#ratio, Math.min(ratio, 0.999));
    this.report?.({ phase, done, total, ratio: this.#ratio });
  }

  /** Reports the end. */
  end(frames: number): void {
    if (this.#over) return;
    this.#over = true;
    this.report?.({ phase: "encode", done: frames, total: frames, ratio: 1 });
  }
}
