import type { Progress } from "../../public-types.ts";

/** Share of an assembly's time before each phase, measured on ordinary tasks. */
const BEFORE: Record<Progress["phase"], number> = { analyze: 0, plan: 0.65, encode: 0.7 };
const AFTER: Record<Progress["phase"], number> = { analyze: 0.65, plan: 0.7, encode: 1 };

/** Reports progress as a ratio of the whole assembly, which never decreases, and reaches exactly 1 only at the end. */
export class ProgressReporter {
  #ratio = 0;
  #over = false;
  /** Start and length of the current attempt, as ratios of the whole. */
  #start = 0;
  #span: number;

  /** `again`: `maxBytes` may require several attempts. */
  constructor(
    private readonly report: ((progress: Progress) => void) | undefined,
    again: boolean,
  ) {
    this.#span = again ? 0.5 : 1;
  }

  /** Starts another attempt, which gets half of the remaining ratio. */
  again(): void {
    this.#start += this.#span;
    this.#span = (1 - this.#start) / 2;
  }

  /** Reports `done` of `total` frames of a phase. `live`: more frames may come, so the ratio stays at 0. */
  at(phase: Progress["phase"], done: number, total: number, live = false): void {
    if (this.#over) return;
    const share = total > 0 ? done / total : 0;
    const ratio = live ? 0 : this.#start + this.#span * (BEFORE[phase] + share * (AFTER[phase] - BEFORE[phase]));
    // Repeated work and omitted screenshots must neither decrease the ratio nor bring it to 1.
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
