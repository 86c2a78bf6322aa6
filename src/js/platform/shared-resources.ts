import { Semaphore } from "../semaphore.ts";
import { Pool } from "../workers/pool.ts";
import { type CurrentPlatform, currentPlatform } from "./platform.ts";

/** What assemblies share: the platform, and the workers on it. */
export type SharedResources = Pick<CurrentPlatform, "readUrl" | "canvases"> & {
  pool: Pool;
  /** Assemblies of screenshots that are all there wait for each other, since each may need much memory. */
  assemblySlots: Semaphore;
  /** How many workers an assembly of so many screenshots takes, unless it asks for a number. */
  workersFor: (frames: number) => number;
};

/** How long workers stay warm after the last assembly. */
const IDLE_MS = 10_000;

/** Assemblies that share the workers at the same time: one fills the gaps between the phases of the other. */
const AT_ONCE = 2;

let opened: SharedResources | undefined;

/** The workshop of this page or process; opened when it is first wanted. */
export function sharedResources(): SharedResources {
  opened ??= open(currentPlatform());
  return opened;
}

function open({ loader, workers, readUrl, canvases, mostWorkers }: CurrentPlatform): SharedResources {
  const wasm = (asBytes: boolean) => (asBytes ? loader.bytes() : loader.module());
  return {
    pool: new Pool({ factories: workers, wasm, idleMs: IDLE_MS }),
    assemblySlots: new Semaphore(AT_ONCE),
    readUrl,
    canvases,
    workersFor: (frames) => Math.max(1, Math.min(mostWorkers(), Math.ceil(frames / 2))),
  };
}
