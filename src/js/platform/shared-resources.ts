import { Semaphore } from "../semaphore.ts";
import { IDLE_MS, Pool } from "../workers/pool.ts";
import { type CurrentPlatform, currentPlatform } from "./platform.ts";

/** The resources that all assemblies of this page or process share: readers of the platform and the pool of workers. */
export type SharedResources = Pick<CurrentPlatform, "readUrl" | "canvases"> & {
  pool: Pool;
  /** Slots for assemblies of arrays: each may need much memory, so their number is limited. */
  assemblySlots: Semaphore;
  /** Number of workers for an assembly of `frames` screenshots, unless its options have a number. */
  workersFor: (frames: number) => number;
};

/** Number of assemblies that use the workers at the same time: one keeps them busy between the phases of the other. */
const AT_ONCE = 2;

let opened: SharedResources | undefined;

/** The resources of this page or process; created with the first assembly. */
export function sharedResources(): SharedResources {
  opened ??= open(currentPlatform());
  return opened;
}

function open({ loaders, workers, readUrl, canvases, mostWorkers }: CurrentPlatform): SharedResources {
  const wasm = (asBytes: boolean) => (asBytes ? loaders.assembler.bytes() : loaders.assembler.module());
  return {
    pool: new Pool({ factories: workers, wasm, idleMs: IDLE_MS }),
    assemblySlots: new Semaphore(AT_ONCE),
    readUrl,
    canvases,
    workersFor: (frames) => Math.max(1, Math.min(mostWorkers(), Math.ceil(frames / 2))),
  };
}
