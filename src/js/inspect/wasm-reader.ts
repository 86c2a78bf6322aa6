import { initSync, inspect, GifPlayer as Player } from "../../../pkg/task_gif_client.js";
import { currentPlatform } from "../platform/platform.ts";
import { toBlob } from "../sources/to-blob.ts";
import { TaskGifError } from "../task-gif-error.ts";
import { toWireError } from "../workers/protocol.ts";
import { readSteps } from "./embedded-steps.ts";
import type { GifInfo, GifSource } from "./gif-info.ts";

export { inspect, Player };

/** Reads the file of a GIF from any source. */
export async function readGif(gif: GifSource, signal?: AbortSignal): Promise<Blob> {
  const source = typeof gif === "object" && gif !== null && "blob" in gif && gif.blob instanceof Blob ? gif.blob : gif;
  const blob = await toBlob(source, "gif", currentPlatform().readUrl, signal);
  signal?.throwIfAborted();
  return blob;
}

/** Reads the bytes of a GIF from any source. */
export async function readBytes(gif: GifSource, signal?: AbortSignal): Promise<Uint8Array> {
  return new Uint8Array(await (await readGif(gif, signal)).arrayBuffer());
}

/** Instantiates the wasm module on this thread, or returns the instance that exists. */
export async function instantiateReader(): Promise<void> {
  initSync({ module: await currentPlatform().loaders.client.module() });
}

/** Runs `work`, and converts errors of wasm to `TaskGifError`s. */
export function withTypedErrors<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    const known = toWireError(error);
    throw known ? new TaskGifError(known.code, known.message, known.frame) : error;
  }
}

type RawInfo = Omit<GifInfo, "repeat" | "steps"> & { repeat: number; steps?: string };

/** Converts the wasm module's description of a file to the public type. */
export function toInfo(raw: object): GifInfo {
  const { repeat, steps, ...rest } = raw as RawInfo;
  return { ...rest, repeat: repeat === 0 ? "infinite" : repeat, steps: readSteps(steps, rest.frames.length) };
}
