import { contextOf } from "../frame.ts";
import type { PlannedFrame } from "../wasm-types.ts";
import type { Lane } from "../workers/lane.ts";
import type { Analyzer } from "./analyze.ts";
import { balance } from "./schedule.ts";

/** Frames a lane is given at a time, so that it never waits for the next. */
const DEPTH = 2;

/** Frames that are done: their bytes together, and how many had to be decoded again for it. */
export type EncodedFrames = { blocks: Uint8Array[]; bytes: number; redecoded: number };

/**
 * Phase C: has every planned frame encoded by the lane that holds its changed pixels, or by one that has more time for
 * it. Resolves to the blocks in the order of the plan, to `undefined` as soon as they have more than `most` bytes.
 */
export async function encodeFrames(
  planned: readonly PlannedFrame[],
  lanes: readonly Lane[],
  analyzer: Analyzer,
  encoded: () => void,
  most: number,
): Promise<EncodedFrames | undefined> {
  const blocks: Uint8Array[] = new Array(planned.length);
  const owners = planned.map(({ index }) => lanes.indexOf(analyzer.owners[index]!));
  const costs = planned.map(({ cost = 0 }) => cost);
  const moves = balance(costs, owners, lanes.length);
  const moved = new Set(moves.map(({ place }) => place));
  let bytes = 0;
  let redecoded = 0;
  let isOver = false;

  const keep = (place: number, block: Uint8Array) => {
    blocks[place] = block;
    bytes += block.length;
    if (bytes > most) isOver = true;
    encoded();
  };
  const encode = async (lane: Lane, place: number, held?: Uint8Array) => {
    const { index, plan } = planned[place]!;
    const transfer = held ? [held.buffer] : [];
    const reply = await lane.ask({ type: "encode", index, plan, ...(held && { held }) }, transfer);
    if (reply.type === "missing") return false;
    keep(place, reply.block);
    return true;
  };
  const encodeOwn = async (lane: Lane, own: number) => {
    const queue = costs.map((_, place) => place).filter((place) => owners[place] === own && !moved.has(place));
    // A lane that ran out of its memory budget has let go of some frames. It makes those when it has room again.
    const missing: number[] = [];
    const next = async () => {
      for (let place = queue.shift(); place !== undefined && !isOver; place = queue.shift()) {
        if (!(await encode(lane, place))) missing.push(place);
      }
    };
    await Promise.all(Array.from({ length: DEPTH }, next));
    missing.sort((a, b) => a - b);
    for (const place of missing) if (!isOver) await encodeAnew(lane, place);
  };
  const encodeMoved = async (place: number, to: Lane) => {
    const { index, plan } = planned[place]!;
    const reply = await lanes[owners[place]!]!.ask({ type: "release", index, plan });
    analyzer.owners[index] = to;
    if (reply.type === "released") await encode(to, place, reply.held);
    else if (!isOver) await encodeAnew(to, place);
  };
  const encodeAnew = async (lane: Lane, place: number) => {
    redecoded++;
    keep(place, await encodeAgain(lane, planned[place]!, analyzer));
  };

  try {
    // The moves first, so that nobody waits for a frame behind those that stay.
    const onTheWay = moves.map(({ place, to }) => encodeMoved(place, lanes[to]!));
    await Promise.all([...onTheWay, ...lanes.map(encodeOwn)]);
    return bytes > most ? undefined : { blocks, bytes, redecoded };
  } finally {
    // After a failure the lanes may soon be used for something else.
    isOver = true;
  }
}

/** Has a lane see a frame and those before it once more, and encode it. */
async function encodeAgain(lane: Lane, planned: PlannedFrame, analyzer: Analyzer): Promise<Uint8Array> {
  const { index, plan } = planned;
  const { frames } = analyzer;
  const again = [...contextOf(index), index];
  for (const each of again) lane.notify({ type: "read", frame: frames[each]!.id, source: frames[each]!.source });
  const reply = await lane.ask({ type: "encode", index, plan, again: again.map((each) => analyzer.jobOf(each)) });
  if (reply.type === "encoded") return reply.block;
  throw new Error(`frame ${index} was let go of right after it was analyzed`);
}
