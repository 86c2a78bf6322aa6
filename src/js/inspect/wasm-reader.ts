import { initSync, inspect, GifPlayer as Player } from "../../../pkg/task_gif_client.js";
import { TaskGifError } from "../errors.ts";
import { currentPlatform } from "../platform/platform.ts";
import { toBlob } from "../sources/to-blob.ts";
import { toWireError } from "../workers/protocol.ts";
import { readSteps } from "./embedded-steps.ts";
import type { GifInfo, GifSource } from "./types.ts";

export { inspect, Player };

/** The bytes of a GIF, wherever they are. */
export async function readBytes(gif: GifSource, signal?: AbortSignal): Promise<Uint8Array> {
  const source = typeof gif === "object" && gif !== null && "blob" in gif && gif.blob instanceof Blob ? gif.blob : gif;
  const blob = await toBlob(source, "gif", currentPlatform().readUrl, signal);
  signal?.throwIfAborted();
  return new Uint8Array(await blob.arrayBuffer());
}

/** Has the wasm ready on this thread. Where it is there already, that is the instance which is used. */
export async function ready(): Promise<void> {
  initSync({ module: await currentPlatform().loaders.client.module() });
}

/** Runs `work`; what wasm throws becomes a `TaskGifError`. */
export function typed<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    const known = toWireError(error);
    throw known ? new TaskGifError(known.code, known.message, known.frame) : error;
  }
}

type RawInfo = Omit<GifInfo, "repeat" | "steps"> & { repeat: number; steps?: string };

/** What wasm says of a file, in the words of this library. */
export function toInfo(raw: object): GifInfo {
  const { repeat, steps, ...rest } = raw as RawInfo;
  return { ...rest, repeat: repeat === 0 ? "infinite" : repeat, steps: readSteps(steps, rest.frames.length) };
}
