import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { StillSource } from "../js/inspect/gif-stills.ts";
import type { StillOptions } from "../js/public-types.ts";
import { Semaphore } from "../js/semaphore.ts";
import type { PosterReply, PosterRequest } from "./poster-worker.ts";

/** A GIF that takes longer is stuck. */
const MOST_MS = 60_000;

const turn = new Semaphore(1);
let thread: Worker | undefined;

/**
 * The poster of a GIF, made by a thread of its own, one after another: reading a GIF of 1280 x 720 takes some 300 ms of a
 * processor, during which no request would be answered.
 */
export async function posterInThread(made: StillSource, options: StillOptions): Promise<Blob> {
  const done = await turn.acquire(undefined);
  thread ??= startThread();
  thread.ref();
  try {
    const { frames, steps } = made;
    const gif = await made.blob.arrayBuffer();
    thread.postMessage({ gif, frames, steps, options } satisfies PosterRequest, [gif]);
    const [reply] = (await once(thread, "message", { signal: AbortSignal.timeout(MOST_MS) })) as [PosterReply];
    if ("error" in reply) throw new Error(reply.error);
    return new Blob([reply.png], { type: "image/png" });
  } catch (error) {
    // It may be stuck, or gone. The next GIF gets another one.
    void thread?.terminate();
    thread = undefined;
    throw error;
  } finally {
    thread?.unref();
    done();
  }
}

function startThread(): Worker {
  const started = new Worker(new URL("./poster-worker.node.js", import.meta.url), {
    name: "task-gif poster",
    execArgv: [],
  });
  // One that ends while it has nothing to do ends nothing else; who waits for it hears of it too.
  started.on("error", () => {});
  return started;
}
