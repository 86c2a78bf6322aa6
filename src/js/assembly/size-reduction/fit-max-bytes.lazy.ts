import { CARD, type Frame } from "../../frame.ts";
import type { SizeReduction } from "../../public-types.ts";
import { TaskGifError } from "../../task-gif-error.ts";
import type { EncodedGif } from "../attempt/plan-and-encode.ts";

/**
 * Searches a ladder of settings ordered by falling quality (scale, lossy, colors, dropped near-duplicates) for the first rung
 * whose GIF has at most `maxBytes` bytes. Bytes fall along the ladder, so a smaller limit leads to a later rung. After each
 * try, interpolation on the logarithm of the size estimates the bytes of the other rungs and picks the next try. The result
 * depends neither on time nor on the number of workers.
 */

/** One rung of the ladder. `drop`: screenshots that change at most this share of the screen, 0 to 1, are left out. */
export type Rung = { scale: number; lossy: number; colors: number; drop: number };

/** Scales relative to the requested size. Simple fractions give few new colors. */
const SCALES = [1, 3 / 4, 2 / 3, 1 / 2, 1 / 3, 1 / 4, 1 / 5, 1 / 6, 1 / 8];
/** Shortest longer side in pixels: smaller pictures are not legible. */
const LEAST_SIDE_PX = 320;
/** Values of `lossy` that are tried. Text stays crisp with them, and higher values save little. */
const LOSSY = [44, 60];
/** A scale below this share of the previous scale starts with the `lossy` value of the options again: it saves enough. */
const MUCH_SMALLER = 0.8;
/** Values of `maxColors` that are tried. Higher values save too little. */
const COLORS = [32, 16];
/** Shares of the screen up to which a change counts as a near-duplicate: a cursor, a filled field, an opened list. */
const DROPS = [0.005, 0.02, 0.06];

/** Usual decrease of bytes, measured on sixteen tasks. Used only to choose the next rung. */
const USUAL = { scaleExponent: 1.6, perLossy: 0.0065, byColors: { 32: 0.88, 16: 0.76 } as Record<number, number> };
/** Encoding stops at this multiple of the limit; that is enough to choose the next rung. */
const GIVE_UP = 2;
/** Budget of all attempts together, in units of one ordinary run: four, minus a margin for errors of the estimate. */
const MOST_RUNS = 3.6;
/** Work per unit of `PlannedFrame.cost`, by effort, and per decoded pixel. The unit is the comparison of one pixel. */
const WORK = { encode: { fast: 0.7, balanced: 1, smallest: 3 }, decode: 1.2 };

/** The inputs of a search. */
export type SizeSearch = {
  /** The GIF with unchanged options. */
  first: EncodedGif;
  /** Its screenshots, of known size, by frame index. */
  frames: readonly Frame[];
  /** Maximum number of bytes of the GIF. */
  limit: number;
  /** Makes the GIF of a rung; `undefined` when it has more than `most` bytes. `isNew`: frames must be analyzed anew. */
  encode(rung: Rung, frames: Frame[], isNew: boolean, most: number): Promise<EncodedGif | undefined>;
};

/** Runs the search. Rejects with `CANNOT_FIT` if even the last rung does not fit. */
export async function fitMaxBytes(search: SizeSearch): Promise<{ gif: EncodedGif; reduction: SizeReduction }> {
  const { first, limit } = search;
  const start: Rung = { scale: 1, lossy: first.plan.lossy, colors: first.wasmOptions.maxColors, drop: 0 };
  const rungs = [start, ...ladder(start, search)];
  const last = rungs.length - 1;
  const usual = rungs.map((rung) => Math.log(usualShare(rung, start, search)));
  const work = new WorkBudget(search);
  /** The last rung known not to fit and the first known to fit. */
  let low: MeasuredRung = { index: 0, logBytes: Math.log(first.size) };
  let high: (MeasuredRung & { gif: EncodedGif }) | undefined;
  let current = 0;
  let fewest = first.size;
  let attempts = 1;
  while (low.index < (high?.index ?? last)) {
    const end = high?.index ?? last + 1;
    if (end - low.index === 1) break;
    let next = likelyRung(usual, low, high, Math.log(limit));
    const reserve = high || next === last ? [] : [rungs[last]!];
    if (!work.allows([rungs[current]!, rungs[next]!, ...reserve])) {
      if (high) break;
      next = last;
    }
    const rung = rungs[next]!;
    const isNew = rung.scale !== rungs[current]!.scale || rung.drop !== rungs[current]!.drop;
    work.spend(rungs[current]!, rung);
    current = next;
    attempts++;
    const most = next === last ? Number.POSITIVE_INFINITY : limit * GIVE_UP;
    const gif = await search.encode(rung, withoutDropped(search, rung.drop), isNew, most);
    const size = gif?.size ?? most;
    if (gif && size <= limit) high = { index: next, logBytes: Math.log(size), gif };
    else low = { index: next, logBytes: Math.log(size) };
    if (next === last) fewest = size;
  }
  if (high) return { gif: high.gif, reduction: { ...reductionOf(rungs[high.index]!, search), attempts } };
  const { scale, colors, lossy, dropped } = reductionOf(rungs[last]!, search);
  const how = `scale ${round(scale)}, ${colors} colors, lossy ${lossy}, ${dropped} near-duplicates left out`;
  throw new TaskGifError(
    "CANNOT_FIT",
    `expected a GIF of at most ${limit} bytes, found ${fewest} to be the fewest (${how}); ` +
      "raise options.maxBytes or give fewer screenshots",
  );
}

/** Index of a rung on the ladder, and the natural logarithm of the bytes of its GIF. */
type MeasuredRung = { index: number; logBytes: number };

/** Returns the first rung between two that probably fits, by interpolation of the logarithm of bytes along the usual curve. */
function likelyRung(
  usual: readonly number[],
  low: MeasuredRung,
  high: MeasuredRung | undefined,
  logLimit: number,
): number {
  const span = high && usual[high.index]! - usual[low.index]!;
  const slope = span ? (high.logBytes - low.logBytes) / span : 1;
  const end = (high?.index ?? usual.length) - 1;
  for (let i = low.index + 1; i < end; i++) {
    if (low.logBytes + slope * (usual[i]! - usual[low.index]!) <= logLimit) return i;
  }
  return end;
}

/** Converts a rung to the public type. */
function reductionOf({ scale, colors, lossy, drop }: Rung, search: SizeSearch): Omit<SizeReduction, "attempts"> {
  return { scale, colors, lossy, dropped: droppedAt(search, drop).size };
}

/** Returns the rungs after the first run, by falling quality. Values that the caller set are never raised. */
export function ladder(start: Rung, search: Pick<SizeSearch, "first" | "frames">): Rung[] {
  const { width, height } = search.first.wasmOptions;
  const side = Math.max(width, height);
  const rungs: Rung[] = [];
  const harder = LOSSY.filter((lossy) => lossy > start.lossy);
  let before = 1;
  for (const scale of SCALES) {
    if (scale < 1 && side * scale < LEAST_SIDE_PX) break;
    const isMuchSmaller = scale / before < MUCH_SMALLER;
    const levels = scale < 1 && (isMuchSmaller || harder.length === 0) ? [start.lossy, ...harder] : harder;
    for (const lossy of levels) rungs.push({ ...start, scale, lossy });
    before = scale;
  }
  const add = (change: Partial<Rung>) => rungs.push({ ...(rungs.at(-1) ?? start), ...change });
  for (const colors of COLORS) if (colors < start.colors) add({ colors });
  let dropped = 0;
  for (const drop of DROPS) {
    const { size } = droppedAt(search, drop);
    if (size > dropped) add({ drop });
    dropped = size;
  }
  return rungs;
}

/** Returns the usual bytes of a rung as a share of the first run's. */
function usualShare(
  { scale, lossy, colors, drop }: Rung,
  start: Rung,
  search: Pick<SizeSearch, "first" | "frames">,
): number {
  const byColors = (USUAL.byColors[colors] ?? 1) / (USUAL.byColors[start.colors] ?? 1);
  const byLoss = Math.exp(-USUAL.perLossy * (lossy - start.lossy));
  return scale ** USUAL.scaleExponent * byLoss * Math.min(byColors, 1) * (1 - droppedShare(search, drop));
}

/** Frame indices of screenshots that change the one before by no more than `most`, a share of the screen. */
function droppedAt({ first, frames }: Pick<SizeSearch, "first" | "frames">, most: number): Set<number> {
  const dropped = new Set<number>();
  const { frames: planned } = first.plan;
  planned.forEach(({ index, sources, changed }, planIndex) => {
    const isCard = (frameIndex: number) => frameIndex < 0 || frames[frameIndex]!.sourceIndex === CARD;
    // The first and the last frame show how the task began and ended.
    if (planIndex === 0 || planIndex === planned.length - 1 || changed > most || isCard(index) || isCard(index - 1))
      return;
    for (const frameIndex of sources) dropped.add(frameIndex);
  });
  return most > 0 ? dropped : new Set();
}

/** Returns the share of the first run's bytes in frames that would be dropped. */
function droppedShare(search: Pick<SizeSearch, "first" | "frames">, most: number): number {
  const dropped = droppedAt(search, most);
  const { blocks, plan, size } = search.first;
  return (
    plan.frames.reduce((sum, { index }, planIndex) => sum + (dropped.has(index) ? blocks[planIndex]!.length : 0), 0) /
    size
  );
}

/** Returns the frames, with a copy of the frame before in place of each dropped one: duplicates are merged and keep their time. */
function withoutDropped(search: SizeSearch, drop: number): Frame[] {
  const dropped = droppedAt(search, drop);
  const frames: Frame[] = [];
  search.frames.forEach((frame, frameIndex) => {
    const before = frames[frameIndex - 1];
    if (!before || !dropped.has(frameIndex)) frames.push(frame);
    else frames.push({ ...frame, id: before.id, source: before.source, duplicateOf: before.duplicateOf ?? before });
  });
  return frames;
}

/** Counts work in pixels instead of time, so that every machine tries the same rungs. */
class WorkBudget {
  readonly #decode: number;
  readonly #compare: number;
  readonly #encode: number;
  readonly #againShare: number;
  readonly #most: number;
  #spent: number;

  constructor({ first, frames }: SizeSearch) {
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

  /** Whether the work of going from the first of these rungs over the others is within the budget. */
  allows(rungs: readonly Rung[]): boolean {
    return rungs.slice(1).reduce((sum, rung, i) => sum + this.#of(rung, rungs[i]!), this.#spent) <= this.#most;
  }

  #of(rung: Rung, last: Rung): number {
    const area = rung.scale ** 2;
    // Frames that were decoded a second time at full size mostly fit into memory at a smaller size.
    const again = rung.scale === 1 ? this.#againShare : 0;
    const analyzed = rung.scale === last.scale && rung.drop === last.drop ? again : 1 + again;
    return analyzed * (this.#decode + area * this.#compare) + area * this.#encode;
  }
}

const round = (scale: number) => Math.round(scale * 100) / 100;
