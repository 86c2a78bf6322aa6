/**
 * Decides which session analyzes and encodes which frames. Pure arithmetic on costs: the cost of a frame is estimated from its
 * encoded size, and a run that does not begin with frame 0 also decodes the two frames before it.
 */

/** Cost of decoding a frame only as context, as a share of the cost of analyzing it. */
const CONTEXT_SHARE = 0.5;
/** The remaining time after a steal, as a share of the time without it, must be below this. */
const WORTHWHILE = 0.9;

/** What a move must gain, as a share of all work, to be worth the way. */
const MOVE_SHARE = 0.02;

/** The frame indices [start, end). */
export type Run = { start: number; end: number };

/** Relative cost of each screenshot: a part for its pixels, which all have alike, and a part for its bytes. */
export function frameCosts(bytes: readonly number[]): number[] {
  const mean = bytes.reduce((sum, n) => sum + n, 0) / Math.max(bytes.length, 1);
  // A screenshot of exactly the same length as the one before is as good as always the same screenshot.
  return bytes.map((n, i) => (i > 0 && n === bytes[i - 1] ? 0.05 * mean : n + mean) / Math.max(mean, 1));
}

/** Cost of the frames that must be decoded before frame `start`, without being analyzed. */
function contextCost(costs: readonly number[], start: number): number {
  return CONTEXT_SHARE * ((costs[start - 1] ?? 0) + (costs[start - 2] ?? 0));
}

/** Divides the frames from `from` on into at most `workers` runs, so that the longest takes as little as it can. */
export function splitRuns(costs: readonly number[], workers: number, from = 0): Run[] {
  const total = costs.slice(from).reduce((sum, cost) => sum + cost, 0);
  let [low, high] = [total / workers, total + contextCost(costs, from)];
  // Halving the interval this often leaves less than a thousandth of it.
  for (let i = 0; i < 10; i++) {
    const middle = (low + high) / 2;
    if (fill(costs, from, middle).length <= workers) high = middle;
    else low = middle;
  }
  return fill(costs, from, high);
}

/** Runs that are filled up to `most` one after another; a frame that alone costs more still makes a run. */
function fill(costs: readonly number[], from: number, most: number): Run[] {
  const runs: Run[] = [];
  for (let start = from; start < costs.length; ) {
    let cost = contextCost(costs, start) + costs[start]!;
    let end = start + 1;
    // The tolerance keeps rounding from opening a run for the very last frame.
    while (end < costs.length && cost + costs[end]! <= most * 1.000001) cost += costs[end++]!;
    runs.push({ start, end });
    start = end;
  }
  return runs;
}

/**
 * Where an idle worker takes over the rear of what another still has to begin, `rest`, while that one is busy with
 * frames of cost `busy`: the first frame it takes, or `undefined` when its context would cost more than it saves.
 */
export function stealAt(costs: readonly number[], rest: Run, busy: number): number | undefined {
  let rear = 0;
  let front = busy;
  for (let i = rest.start; i < rest.end; i++) front += costs[i]!;
  const alone = front;
  let best: { at: number; time: number } | undefined;
  for (let at = rest.end - 1; at >= rest.start; at--) {
    front -= costs[at]!;
    rear += costs[at]!;
    const time = Math.max(front, rear + contextCost(costs, at));
    if (!best || time < best.time) best = { at, time };
  }
  return best && best.time < WORTHWHILE * alone ? best.at : undefined;
}

/** That a planned frame is encoded by worker `to` instead of the one that holds it. */
export type FrameMove = { planIndex: number; to: number };

/**
 * Which frames should change hands before they are encoded. `owners` has the worker that holds each frame, `costs` what
 * each takes to encode; `workers` is how many there are. As few moves as even things out.
 */
export function balance(costs: readonly number[], owners: readonly number[], workers: number): FrameMove[] {
  const loads: number[] = new Array(workers).fill(0);
  costs.forEach((cost, planIndex) => {
    loads[owners[planIndex]!]! += cost;
  });
  const total = loads.reduce((sum, load) => sum + load, 0);
  const moves: FrameMove[] = [];
  const moved = new Set<number>();
  for (;;) {
    const from = loads.indexOf(Math.max(...loads));
    const to = loads.indexOf(Math.min(...loads));
    const gap = loads[from]! - loads[to]!;
    // What the heavier of the two has afterwards is least when the frame is half the gap.
    let best: { planIndex: number; cost: number; gain: number } | undefined;
    costs.forEach((cost, planIndex) => {
      if (owners[planIndex] !== from || moved.has(planIndex)) return;
      const gain = Math.min(cost, gap - cost);
      if (!best || gain > best.gain) best = { planIndex, cost, gain };
    });
    if (!best || best.gain <= MOVE_SHARE * total) return moves;
    moves.push({ planIndex: best.planIndex, to });
    moved.add(best.planIndex);
    loads[from]! -= best.cost;
    loads[to]! += best.cost;
  }
}
