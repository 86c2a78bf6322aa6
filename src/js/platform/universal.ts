import { browser } from "./browser.ts";
import type { Platform } from "./platform.ts";

type Files = { readFile(url: URL): Promise<Uint8Array<ArrayBuffer>> };
type NodeGlobals = { process?: { getBuiltinModule?: (name: string) => unknown } };

const files = (globalThis as NodeGlobals).process?.getBuiltinModule?.("node:fs/promises") as Files | undefined;

/** A browser, or Node without worker threads: for entries that do their own work on the calling thread. */
export const universal: Platform = {
  ...browser,
  isFallback: files !== undefined,
  wasm: () => {
    const url = browser.wasm() as URL;
    // Node's fetch reads no files.
    return url.protocol === "file:" && files ? files.readFile(url) : url;
  },
};
