import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { StillSource } from "../js/inspect/gif-stills.ts";
import type { StillOptions } from "../js/public-types.ts";
import { Semaphore } from "../js/semaphore.ts";
import type { PosterReply, PosterRequest } from "./poster-worker.ts";

/** Time in ms after which the thread counts as stuck. */
const MOST_MS = 60_000;

const turn = new Semaphore(1);
let thread: Worker | undefined;

/**
 * Makes the poster of a GIF in a separate thread, one at a time. Reading a GIF of 1280 x 720 pixels takes about 300 ms of processor
 * time, during which the main thread could not answer requests.
 *
 * @throws `Error` if there is no poster, or the thread fails or takes longer than a minute.
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
    // The thread may be stuck or gone. The next GIF gets a new one.
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
  // Without a listener, an error of the idle thread would end the process. `once` rejects for a caller that waits.
  started.on("error", () => {});
  return started;
}
