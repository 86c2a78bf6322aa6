import { lazyImport } from "../lazy-import.ts";
import { fetchBlob } from "../sources/to-blob.ts";
import type { Platform } from "./platform.ts";

/** A browser: module workers, then workers from a blob, then the calling thread. */
export const browser: Platform = {
  workers: [
    async (events) => (await workers()).moduleWorker(events),
    async (events) => (await workers()).importingWorker(events),
    async (events) => (await workers()).callingThread(events),
  ],
  // Bundlers find the files by exactly this form.
  wasm: {
    assembler: () => new URL("task_gif_bg.wasm", import.meta.url),
    client: () => new URL("task_gif_client_bg.wasm", import.meta.url),
  },
  readUrl: fetchBlob,
  mostWorkers,
};

const workers = () => lazyImport(import("../workers/package-worker.lazy.ts"));

type BrowserNavigator = Navigator & { userAgentData: { mobile?: boolean }; deviceMemory: number };

/** Maximum number of workers in this browser. */
export function mostWorkers(): number {
  // Hosts that are no browser may lack a navigator, or parts of it.
  const { navigator = {} } = globalThis as { navigator?: Partial<BrowserNavigator> };
  const { userAgentData, userAgent = "", hardwareConcurrency, deviceMemory } = navigator;
  const isMobile = userAgentData?.mobile ?? /Mobi|Android/.test(userAgent);
  // Where a browser tells its memory, in GiB, there is a worker for each of the first.
  return Math.max(1, Math.min(hardwareConcurrency || 2, deviceMemory ?? 8, isMobile ? 4 : 8));
}
