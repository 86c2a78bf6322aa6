import type { Analyzer } from "./analyzer.ts";
import { contextOf, type Frame, frameJob } from "./frames.ts";
import type { Lane } from "./lane.ts";
import type { PlannedFrame } from "./wasm-types.ts";

/** Frames a lane is given at a time, so that it never waits for the next. */
const DEPTH = 2;

/**
 * Phase C: has every planned frame encoded by the lane that holds its changed pixels. Resolves to the blocks in the
 * order of the plan.
 */
export async function encodeFrames(
  frames: readonly PlannedFrame[],
  analyzer: Analyzer,
  encoded: () => void,
): Promise<Uint8Array[]> {
  const blocks: Uint8Array[] = new Array(frames.length);
  const queues = new Map<Lane, number[]>();
  frames.forEach(({ index }, place) => {
    const lane = analyzer.owners[index]!;
    const queue = queues.get(lane);
    if (queue) queue.push(place);
    else queues.set(lane, [place]);
  });
  let isOver = false;
  const work = async (lane: Lane, queue: number[]) => {
    // A lane that ran out of its memory budget has let go of some frames. It makes those when it has room again.
    const missing: number[] = [];
    const encodeHeld = async () => {
      for (let place = queue.shift(); place !== undefined && !isOver; place = queue.shift()) {
        const { index, plan } = frames[place]!;
        const reply = await lane.ask({ type: "encode", index, plan, again: [] });
        if (reply.type === "missing") missing.push(place);
        else finish(place, reply.block);
      }
    };
    await Promise.all(Array.from({ length: DEPTH }, encodeHeld));
    for (const place of missing) {
      if (!isOver) finish(place, await encodeAgain(lane, frames[place]!, analyzer.frames));
    }
  };
  const finish = (place: number, block: Uint8Array) => {
    blocks[place] = block;
    encoded();
  };
  try {
    await Promise.all([...queues].map(([lane, queue]) => work(lane, queue)));
    return blocks;
  } finally {
    // After a failure the lanes may soon be used for something else.
    isOver = true;
  }
}

/** Has a lane see a frame and those before it once more, and encode it. */
async function encodeAgain(lane: Lane, planned: PlannedFrame, frames: readonly Frame[]): Promise<Uint8Array> {
  const { index, plan } = planned;
  const again = [...contextOf(index), index];
  for (const each of again) lane.notify({ type: "read", frame: frames[each]!.id, source: frames[each]!.source });
  const reply = await lane.ask({ type: "encode", index, plan, again: again.map((each) => frameJob(frames, each)) });
  if (reply.type === "encoded") return reply.block;
  throw new Error(`frame ${index} was let go of right after it was analyzed`);
}
