import { TaskGifError } from "../errors.ts";
import { CARD, type Frame } from "../frame.ts";
import type { SizeReduction } from "../types.ts";
import type { EncodedGif } from "./plan-and-encode.ts";

/**
 * Finds the best-looking GIF of at most so many bytes on a ladder of ways to make it, from the best quality down: the step
 * that fits where the one before it does not. Bytes fall along the ladder, so a smaller limit leads to a later step. Each
 * try tells how many bytes the steps around it take, which picks the next one. Nothing depends on a clock or on the
 * number of workers.
 */

/** One step of the ladder. `drop`: screenshots that change no more than this share of the screen are left out. */
export type Rung = { scale: number; lossy: number; colors: number; drop: number };

/** Sizes, as shares of the one that was asked for. Whole fractions make few new colors. */
const SCALES = [1, 3 / 4, 2 / 3, 1 / 2, 1 / 3, 1 / 4, 1 / 5, 1 / 6, 1 / 8];
/** The longer side is not made shorter than this: little could be told from what is left. */
const LEAST_SIDE_PX = 320;
/** Text stays crisp up to here; beyond, there is little to gain. */
const LOSSY = [44, 60];
/** The next smaller size saves enough over the lossiest of this one to begin as true as the options ask. */
const MUCH_SMALLER = 0.8;
/** More colors than these save too little to be tried. */
const COLORS = [32, 16];
/** What may pass for a near-duplicate: a cursor, a field that fills, a list that opens. */
const DROPS = [0.005, 0.02, 0.06];

/** How bytes usually fall, measured on sixteen tasks. It only picks what is tried next. */
const USUAL = { scaleExponent: 1.6, perLossy: 0.0065, byColors: { 32: 0.88, 16: 0.76 } as Record<number, number> };
/** An attempt is given up at this many times the limit: more need not be known to tell where to go on. */
const GIVE_UP = 2;
/** All attempts together may take as much work as this many ordinary runs: four, less what the estimate may be off. */
const MOST_RUNS = 3.6;
/** Work for a unit of `PlannedFrame.cost` by effort, and for a decoded pixel; comparing a pixel is the unit. */
const WORK = { encode: { fast: 0.7, balanced: 1, smallest: 3 }, decode: 1.2 };

/** What the search has the assembly do. */
export type Search = {
  /** The run with the options as they are. */
  first: EncodedGif;
  /** Its screenshots, of known size. */
  frames: readonly Frame[];
  limit: number;
  /** Makes the GIF another way; `undefined` when it has more than `most` bytes. `isNew`: frames must be analyzed anew. */
  attempt(step: Rung, frames: Frame[], isNew: boolean, most: number): Promise<EncodedGif | undefined>;
};

/** Runs the search. Rejects with `CANNOT_FIT` when not even the last step fits. */
export async function fitMaxBytes(trial: Search): Promise<{ made: EncodedGif; reduction: SizeReduction }> {
  const { first, limit } = trial;
  const start: Rung = { scale: 1, lossy: first.plan.lossy, colors: first.wasmOptions.maxColors, drop: 0 };
  const steps = [start, ...ladder(start, trial)];
  const last = steps.length - 1;
  const usual = steps.map((step) => Math.log(usualShare(step, start, trial)));
  const work = new WorkBudget(trial);
  /** Places on the ladder: the last known not to fit and the first known to fit, with the logarithm of their bytes. */
  let low = { place: 0, bytes: Math.log(first.size) };
  let high: { place: number; bytes: number; made: EncodedGif } | undefined;
  let at = 0;
  let fewest = first.size;
  let attempts = 1;
  while (low.place < (high?.place ?? last)) {
    const end = high?.place ?? last + 1;
    if (end - low.place === 1) break;
    let place = likelyPlace(usual, low, high, Math.log(limit));
    const reserve = high || place === last ? [] : [steps[last]!];
    if (!work.allows([steps[at]!, steps[place]!, ...reserve])) {
      if (high) break;
      place = last;
    }
    const step = steps[place]!;
    const isNew = step.scale !== steps[at]!.scale || step.drop !== steps[at]!.drop;
    work.spend(steps[at]!, step);
    at = place;
    attempts++;
    const most = place === last ? Number.POSITIVE_INFINITY : limit * GIVE_UP;
    const made = await trial.attempt(step, withoutDropped(trial, step.drop), isNew, most);
    const size = made?.size ?? most;
    if (made && size <= limit) high = { place, bytes: Math.log(size), made };
    else low = { place, bytes: Math.log(size) };
    if (place === last) fewest = size;
  }
  if (high) return { made: high.made, reduction: { ...reductionOf(steps[high.place]!, trial), attempts } };
  const { scale, colors, lossy, dropped } = reductionOf(steps[last]!, trial);
  const how = `scale ${round(scale)}, ${colors} colors, lossy ${lossy}, ${dropped} near-duplicates left out`;
  throw new TaskGifError(
    "CANNOT_FIT",
    `expected a GIF of at most ${limit} bytes, found ${fewest} to be the fewest (${how}); ` +
      "raise options.maxBytes or give fewer screenshots",
  );
}

type MeasuredRung = { place: number; bytes: number };

/** The first place between two that is likely to fit; logarithms of bytes run between them as they usually do. */
function likelyPlace(
  usual: readonly number[],
  low: MeasuredRung,
  high: MeasuredRung | undefined,
  limit: number,
): number {
  const span = high && usual[high.place]! - usual[low.place]!;
  const slope = span ? (high.bytes - low.bytes) / span : 1;
  const end = (high?.place ?? usual.length) - 1;
  for (let place = low.place + 1; place < end; place++) {
    if (low.bytes + slope * (usual[place]! - usual[low.place]!) <= limit) return place;
  }
  return end;
}

/** What a step that was settled on is called outside. */
function reductionOf({ scale, colors, lossy, drop }: Rung, trial: Search): Omit<SizeReduction, "attempts"> {
  return { scale, colors, lossy, dropped: droppedAt(trial, drop).size };
}

/** The steps after the first run, the best quality first. Numbers that the caller set are never raised again. */
export function ladder(start: Rung, trial: Pick<Search, "first" | "frames">): Rung[] {
  const { width, height } = trial.first.wasmOptions;
  const side = Math.max(width, height);
  const steps: Rung[] = [];
  const harder = LOSSY.filter((lossy) => lossy > start.lossy);
  let before = 1;
  for (const scale of SCALES) {
    if (scale < 1 && side * scale < LEAST_SIDE_PX) break;
    const isMuchSmaller = scale / before < MUCH_SMALLER;
    const levels = scale < 1 && (isMuchSmaller || harder.length === 0) ? [start.lossy, ...harder] : harder;
    for (const lossy of levels) steps.push({ ...start, scale, lossy });
    before = scale;
  }
  const add = (change: Partial<Rung>) => steps.push({ ...(steps.at(-1) ?? start), ...change });
  for (const colors of COLORS) if (colors < start.colors) add({ colors });
  let dropped = 0;
  for (const drop of DROPS) {
    const { size } = droppedAt(trial, drop);
    if (size > dropped) add({ drop });
    dropped = size;
  }
  return steps;
}

/** The share of the first run's bytes that a step usually takes. */
function usualShare(
  { scale, lossy, colors, drop }: Rung,
  start: Rung,
  trial: Pick<Search, "first" | "frames">,
): number {
  const byColors = (USUAL.byColors[colors] ?? 1) / (USUAL.byColors[start.colors] ?? 1);
  const byLoss = Math.exp(-USUAL.perLossy * (lossy - start.lossy));
  return scale ** USUAL.scaleExponent * byLoss * Math.min(byColors, 1) * (1 - droppedShare(trial, drop));
}

/** Positions of screenshots that change the one before by no more than `most`, a share of the screen. */
function droppedAt({ first, frames }: Pick<Search, "first" | "frames">, most: number): Set<number> {
  const dropped = new Set<number>();
  const { frames: planned } = first.plan;
  planned.forEach(({ index, sources, changed }, place) => {
    const isCard = (position: number) => position < 0 || frames[position]!.sourceIndex === CARD;
    // The first and the last say how the task began and ended.
    if (place === 0 || place === planned.length - 1 || changed > most || isCard(index) || isCard(index - 1)) return;
    for (const position of sources) dropped.add(position);
  });
  return most > 0 ? dropped : new Set();
}

/** The share of the first run's bytes that is in frames which would be dropped. */
function droppedShare(trial: Pick<Search, "first" | "frames">, most: number): number {
  const dropped = droppedAt(trial, most);
  const { blocks, plan, size } = trial.first;
  return (
    plan.frames.reduce((sum, { index }, place) => sum + (dropped.has(index) ? blocks[place]!.length : 0), 0) / size
  );
}

/** The frames, each dropped one as a copy of the one before it: a duplicate, which is merged and keeps its time. */
function withoutDropped(trial: Search, drop: number): Frame[] {
  const dropped = droppedAt(trial, drop);
  const frames: Frame[] = [];
  trial.frames.forEach((frame, position) => {
    const before = frames[position - 1];
    if (!before || !dropped.has(position)) frames.push(frame);
    else frames.push({ ...frame, id: before.id, source: before.source, duplicateOf: before.duplicateOf ?? before });
  });
  return frames;
}

/** Counts work, by pixels and not by the clock, so that what is tried is the same everywhere. */
class WorkBudget {
  readonly #decode: number;
  readonly #compare: number;
  readonly #encode: number;
  readonly #againShare: number;
  readonly #most: number;
  #spent: number;

  constructor({ first, frames }: Search) {
    const { wasmOptions, plan, redecoded } = first;
    const screen = wasmOptions.width * wasmOptions.height;
    const pixels = frames.map(({ size }) => (size ? size.width * size.height : screen));
    this.#decode = WORK.decode * pixels.reduce((sum, area) => sum + area, 0);
    this.#compare = frames.length * screen;
    this.#encode = WORK.encode[wasmOptions.effort] * plan.frames.reduce((sum, { cost = 0 }) => sum + cost, 0);
    this.#againShare = redecoded / Math.max(plan.frames.length, 1);
    this.#spent = (1 + this.#againShare) * (this.#decode + this.#compare) + this.#encode;
    this.#most = MOST_RUNS * this.#spent;
  }

  spend(from: Rung, to: Rung): void {
    this.#spent += this.#of(to, from);
  }

  /** Whether there is room to go from the first of these steps over the others. */
  allows(steps: readonly Rung[]): boolean {
    return steps.slice(1).reduce((sum, step, i) => sum + this.#of(step, steps[i]!), this.#spent) <= this.#most;
  }

  #of(step: Rung, last: Rung): number {
    const area = step.scale ** 2;
    // What had no room at full size mostly has at a smaller one.
    const again = step.scale === 1 ? this.#againShare : 0;
    const analyzed = step.scale === last.scale && step.drop === last.drop ? again : 1 + again;
    return analyzed * (this.#decode + area * this.#compare) + area * this.#encode;
  }
}

const round = (scale: number) => Math.round(scale * 100) / 100;
