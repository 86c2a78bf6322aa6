import type { Canvases } from "../captions/canvas.ts";
import type { UrlReader } from "../sources/to-blob.ts";
import type { TransportFactory } from "../workers/transport.ts";
import { WasmLoader, type WasmSource } from "./wasm-loader.ts";

/** What differs between a browser and Node. */
export type Platform = {
  /** Kinds of worker, best first. */
  workers: TransportFactory[];
  /** Where the wasm is, unless the caller says otherwise. */
  wasm: () => WasmSource | PromiseLike<WasmSource>;
  readUrl: UrlReader;
  /** Where canvases come from, if not from the browser. Rejects where there are none. */
  canvases?: () => Promise<Canvases>;
  /** Most workers that are of use on this machine. */
  mostWorkers: () => number;
  /** Whether a platform that knows more may take its place: which entry is imported first must not matter. */
  isFallback?: boolean;
};

/** The platform, and the wasm that all that runs on it shares. */
export type CurrentPlatform = Omit<Platform, "wasm"> & { loader: WasmLoader };

let current: CurrentPlatform | undefined;

/** Says what this is running on; done by each entry of the package, of which the first counts that is no makeshift. */
export function usePlatform({ wasm, ...platform }: Platform): void {
  if (current && (!current.isFallback || platform.isFallback)) return;
  current = { ...platform, loader: new WasmLoader(wasm) };
}

/** What this is running on. */
export function currentPlatform(): CurrentPlatform {
  if (!current) throw new Error("task-gif was imported by a file that is not an entry of the package");
  return current;
}
