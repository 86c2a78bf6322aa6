import type { Canvases } from "./captions/canvas.ts";
import type { EndpointFactory } from "./endpoint.ts";
import type { UrlReader } from "./inputs.ts";
import { Pool } from "./pool.ts";
import { Turns } from "./turns.ts";
import { WasmLoader, type WasmSource } from "./wasm-loader.ts";

/** What differs between a browser and Node. */
export type Platform = {
  /** Kinds of worker, best first. */
  workers: EndpointFactory[];
  /** Where the wasm is, unless the caller says otherwise. */
  wasm: () => WasmSource | PromiseLike<WasmSource>;
  readUrl: UrlReader;
  /** Where canvases come from, if not from the browser. Rejects where there are none. */
  canvases?: () => Promise<Canvases>;
  /** Most workers that are of use on this machine. */
  mostWorkers: () => number;
};

/** The platform, wasm and pool that all assemblies on a page share. */
export type Runtime = {
  loader: WasmLoader;
  pool: Pool;
  /** Assemblies of screenshots that are all there wait for each other, since each may need much memory. */
  turns: Turns;
  readUrl: UrlReader;
  canvases: Platform["canvases"];
  /** How many workers an assembly of so many screenshots takes, unless it asks for a number. */
  workersFor: (frames: number) => number;
};

/** How long workers stay warm after the last assembly. */
const IDLE_MS = 10_000;

/** Assemblies that share the workers at the same time: one fills the gaps between the phases of the other. */
const AT_ONCE = 2;

let current: Runtime | undefined;

/** Says what this is running on; done once, by the entry of the package. */
export function usePlatform({ workers, wasm, readUrl, canvases, mostWorkers }: Platform): void {
  if (current) return;
  const loader = new WasmLoader(wasm);
  const payload = (asBytes: boolean) => (asBytes ? loader.bytes() : loader.module());
  current = {
    loader,
    pool: new Pool({ factories: workers, wasm: payload, idleMs: IDLE_MS }),
    turns: new Turns(AT_ONCE),
    readUrl,
    canvases,
    workersFor: (frames) => Math.max(1, Math.min(mostWorkers(), Math.ceil(frames / 2))),
  };
}

/** What this is running on. */
export function runtime(): Runtime {
  if (!current) throw new Error("task-gif was imported by a file that is not an entry of the package");
  return current;
}
