/**
 * The task client alone, for pages that assemble nothing unless the server has no GIF. Works in Node as well, where
 * the main entry is the faster one: it has worker threads.
 *
 * @packageDocumentation
 */
import { browser } from "../browser.ts";
import { usePlatform } from "../runtime.ts";

type Files = { readFile(url: URL): Promise<Uint8Array<ArrayBuffer>> };
type NodeGlobals = { process?: { getBuiltinModule?: (name: string) => unknown } };

usePlatform({
  ...browser,
  wasm: () => {
    const url = browser.wasm() as URL;
    const files = (globalThis as NodeGlobals).process?.getBuiltinModule?.("node:fs/promises") as Files | undefined;
    // Node's fetch reads no files.
    return url.protocol === "file:" && files ? files.readFile(url) : url;
  },
});

export { TaskGifError } from "../errors.ts";
export { TaskGif } from "../task-gif.ts";
export type * from "../types.ts";
export * from "./exports.ts";
