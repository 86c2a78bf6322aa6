import { precedingIndices } from "../../frame.ts";
import type { PlannedFrame } from "../../wasm-types.ts";
import type { WorkerSession } from "../../workers/worker-session.ts";
import type { Attempt } from "./attempt.ts";
import { balance } from "./schedule.ts";

/** Number of requests in flight per session, so that the worker never waits. */
const DEPTH = 2;

/** Encoded frames by plan index, the sum of their bytes, and the number of frames that were decoded a second time. */
export type EncodedFrames = { blocks: Uint8Array[]; bytes: number; redecoded: number };

/**
 * The phase `encode`: requests every planned frame from the session that holds its changed pixels, or moves the frame to a
 * session with less work. Resolves to `undefined` as soon as the blocks have more than `maxBytes` bytes.
 */
export async function encodeFrames(
  planned: readonly PlannedFrame[],
  attempt: Attempt,
  onEncoded: () => void,
  maxBytes: number,
): Promise<EncodedFrames | undefined> {
  // Sessions that are still starting are left out: encoding would wait for them.
  const sessions = attempt.sessions.filter(({ isUp }) => isUp);
  const blocks: Uint8Array[] = new Array(planned.length);
  const owners = planned.map(({ index }) => sessions.indexOf(attempt.owners[index]!));
  const costs = planned.map(({ cost = 0 }) => cost);
  const moves = balance(costs, owners, sessions.length);
  const moved = new Set(moves.map(({ planIndex }) => planIndex));
  let bytes = 0;
  let redecoded = 0;
  let isOver = false;

  const keep = (planIndex: number, block: Uint8Array) => {
    blocks[planIndex] = block;
    bytes += block.length;
    if (bytes > maxBytes) isOver = true;
    onEncoded();
  };
  const encode = async (session: WorkerSession, planIndex: number, held?: Uint8Array) => {
    const { index, plan } = planned[planIndex]!;
    const transfer = held ? [held.buffer] : [];
    const reply = await attempt.ask(session, { type: "encode", index, plan, ...(held && { held }) }, transfer);
    if (reply.type === "missing") return false;
    keep(planIndex, reply.block);
    return true;
  };
  const encodeOwn = async (session: WorkerSession, own: number) => {
    const queue = costs.map((_, i) => i).filter((planIndex) => owners[planIndex] === own && !moved.has(planIndex));
    // A session without memory for the pixels of a frame has dropped them. It decodes these frames again, after the others.
    const missing: number[] = [];
    const next = async () => {
      for (let planIndex = queue.shift(); planIndex !== undefined && !isOver; planIndex = queue.shift()) {
        if (!(await encode(session, planIndex))) missing.push(planIndex);
      }
    };
    await Promise.all(Array.from({ length: DEPTH }, next));
    missing.sort((a, b) => a - b);
    for (const planIndex of missing) if (!isOver) await encodeAnew(session, planIndex);
  };
  const encodeMoved = async (planIndex: number, to: WorkerSession) => {
    const { index, plan } = planned[planIndex]!;
    const reply = await attempt.ask(sessions[owners[planIndex]!]!, { type: "release", index, plan });
    attempt.owners[index] = to;
    if (reply.type === "released") await encode(to, planIndex, reply.held);
    else if (!isOver) await encodeAnew(to, planIndex);
  };
  const encodeAnew = async (session: WorkerSession, planIndex: number) => {
    redecoded++;
    keep(planIndex, await redecodeAndEncode(session, planned[planIndex]!, attempt));
  };

  try {
    // Frames that move are requested first, so that no session waits for one behind those that stay.
    const onTheWay = moves.map(({ planIndex, to }) => encodeMoved(planIndex, sessions[to]!));
    await Promise.all([...onTheWay, ...sessions.map(encodeOwn)]);
    return bytes > maxBytes ? undefined : { blocks, bytes, redecoded };
  } finally {
    // After a failure the sessions may be used for other work at once.
    isOver = true;
  }
}

/**
 * Decodes a frame and its two predecessors again, then encodes it: its changed pixels had been dropped for lack of memory.
 */
async function redecodeAndEncode(
  session: WorkerSession,
  { index, plan }: PlannedFrame,
  attempt: Attempt,
): Promise<Uint8Array> {
  const needed = [...precedingIndices(index), index];
  for (const each of needed) {
    const { id, source } = attempt.frames[each]!;
    session.notify({ type: "read", frame: id, source });
  }
  const redecode = needed.map((each) => attempt.frameRef(each));
  const reply = await attempt.ask(session, { type: "encode", index, plan, redecode });
  if (reply.type === "encoded") return reply.block;
  throw new Error(`the pixels of frame ${index} were dropped right after it was analyzed`);
}
