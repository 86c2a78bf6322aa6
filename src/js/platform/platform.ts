import type { Canvases } from "../captions/canvas.ts";
import { useFileWriter } from "../file-writer.ts";
import type { UrlReader } from "../sources/url-reader.ts";
import type { TransportFactory } from "../workers/worker-transport.ts";
import { WasmLoader } from "./wasm-loader.ts";
import type { WasmModule } from "./wasm-module.ts";
import type { WasmSource } from "./wasm-source.ts";

/** The differences between a browser and Node. */
export type Platform = {
  /** Kinds of worker, best first. */
  workers: TransportFactory[];
  /** Default source of each wasm module. */
  wasm: Record<WasmModule, () => WasmSource | PromiseLike<WasmSource>>;
  /** Reads a screenshot or a GIF that is given by its URL. */
  readUrl: UrlReader;
  /** Returns canvases, if the platform is no browser. Rejects if there are none. */
  canvases?: () => Promise<Canvases>;
  /** Maximum number of workers on this machine. */
  mostWorkers: () => number;
  /** Writes a file, on platforms with a file system. */
  writeFile?: (path: string | URL, bytes: Uint8Array) => Promise<void>;
  /** Resolves a host name to IP addresses; absent in pages, which cannot. */
  resolveHost?: (host: string) => Promise<string[]>;
};

/** The registered platform, with the loaders of the wasm modules that everything on it shares. */
export type CurrentPlatform = Omit<Platform, "wasm" | "writeFile"> & { loaders: Record<WasmModule, WasmLoader> };

let current: CurrentPlatform | undefined;

/** Registers the platform. Every entry calls it once; the first call wins, and all entries of one build agree. */
export function usePlatform({ wasm, writeFile, ...platform }: Platform): void {
  if (writeFile) useFileWriter(writeFile);
  current ??= {
    ...platform,
    loaders: {
      assembler: new WasmLoader("assembler", wasm.assembler),
      client: new WasmLoader("client", wasm.client),
    },
  };
}

/** The registered platform. */
export function currentPlatform(): CurrentPlatform {
  if (!current) throw new Error("task-gif was imported by a file that is not an entry of the package");
  return current;
}
