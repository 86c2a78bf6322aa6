import { parentPort } from "node:worker_threads";
import { posterOf, type StillSource } from "../js/inspect/gif-stills.ts";
import { usePlatform } from "../js/platform/platform.ts";
import type { StillOptions } from "../js/public-types.ts";
import { describeError } from "../js/task-gif-error.ts";
import { node } from "./platform.ts";
import { takePriority } from "./thread-priority.ts";

/** A request to the thread: the bytes of a GIF, and its frames and steps. */
export type PosterRequest = {
  gif: ArrayBuffer;
  frames: StillSource["frames"];
  steps: StillSource["steps"];
  options: StillOptions;
};

/** The reply of the thread: a poster, or why there is none. */
export type PosterReply = { png: ArrayBuffer } | { error: string };

usePlatform(node);
takePriority();
parentPort?.on("message", async ({ gif, frames, steps, options }: PosterRequest) => {
  const source = { blob: new Blob([gif]), ...(frames && { frames }), ...(steps && { steps }) };
  const reply = await posterOf(source, options)
    .then(async (still): Promise<PosterReply> => ({ png: await still.arrayBuffer() }))
    .catch((error: unknown): PosterReply => ({ error: describeError(error) }));
  parentPort?.postMessage(reply, "png" in reply ? [reply.png] : []);
});
