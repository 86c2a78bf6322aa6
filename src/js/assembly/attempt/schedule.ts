/**
 * Decides which session analyzes and encodes which frames. Pure arithmetic on costs: the cost of a frame is estimated from its
 * encoded size, and a run that does not begin with frame 0 also decodes the two frames before it.
 */

/** Cost of decoding a frame only as context, as a share of the cost of analyzing it. */
const CONTEXT_SHARE = 0.5;
/** A steal must reduce the remaining time to less than this share. */
const WORTHWHILE = 0.9;

/** Minimum gain of a move, as a share of all work. */
const MOVE_SHARE = 0.02;

/** The frame indices [start, end). */
export type Run = { start: number; end: number };

/** Returns the relative cost of each screenshot: an equal part for pixels, and a part in proportion to its bytes. */
export function frameCosts(bytes: readonly number[]): number[] {
  const mean = bytes.reduce((sum, n) => sum + n, 0) / Math.max(bytes.length, 1);
  // A screenshot with exactly as many bytes as the one before is almost always identical.
  return bytes.map((n, i) => (i > 0 && n === bytes[i - 1] ? 0.05 * mean : n + mean) / Math.max(mean, 1));
}

/** Returns the cost of the frames that are only decoded, before frame `start` is analyzed. */
function contextCost(costs: readonly number[], start: number): number {
  return CONTEXT_SHARE * ((costs[start - 1] ?? 0) + (costs[start - 2] ?? 0));
}

/** Divides the frames from `from` to the end into at most `workers` runs, with the smallest possible maximum cost. */
export function splitRuns(costs: readonly number[], workers: number, from = 0): Run[] {
  const total = costs.slice(from).reduce((sum, cost) => sum + cost, 0);
  let [low, high] = [total / workers, total + contextCost(costs, from)];
  // After this many halvings, less than a thousandth of the interval remains.
  for (let i = 0; i < 10; i++) {
    const middle = (low + high) / 2;
    if (fill(costs, from, middle).length <= workers) high = middle;
    else low = middle;
  }
  return fill(costs, from, high);
}

/** Returns runs of at most `most` cost each. A frame with a larger cost gets its own run. */
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
 * Returns the first frame that an idle worker takes over from `rest`, the frames that another worker has not started while
 * it is busy with frames of cost `busy`; `undefined` if decoding the context would cost more than it saves.
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

/** A planned frame that worker `to` encodes instead of the worker that holds it. */
export type FrameMove = { planIndex: number; to: number };

/**
 * Returns the fewest moves of frames that balance the encoding. `owners` has the worker that holds each frame, `costs` the
 * cost of encoding each frame, and `workers` is the number of workers.
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
    // The larger load after the move is smallest if the frame's cost is half the difference.
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
