import { lazyImport } from "../lazy-import.ts";
import type { WasmModule } from "./wasm-module.ts";
import { isResponse, type WasmSource } from "./wasm-source.ts";

/** Loads a wasm module once, and again after a failure. Workers get the compiled module; nothing is instantiated here. */
export class WasmLoader {
  readonly #name: WasmModule;
  readonly #usual: () => WasmSource | PromiseLike<WasmSource>;
  #source: WasmSource | PromiseLike<WasmSource> | undefined;
  #module: Promise<WebAssembly.Module> | undefined;

  constructor(name: WasmModule, usual: () => WasmSource | PromiseLike<WasmSource>) {
    this.#name = name;
    this.#usual = usual;
  }

  /** Loads from `source`, or from the default source. Calls with the same source, or without one, share one load. */
  async init(source?: WasmSource | PromiseLike<WasmSource>): Promise<void> {
    if (source !== undefined && !isSame(source, this.#source)) {
      this.#source = source;
      this.#module = undefined;
    }
    await this.module();
  }

  /** The compiled module. */
  module(): Promise<WebAssembly.Module> {
    if (!this.#module) {
      const module = compile(this.#name, this.#source ?? this.#usual());
      module.catch(() => {
        // A failure is not cached: the next call tries again. The body of a given `Response` can be read only once.
        if (this.#module !== module) return;
        this.#module = undefined;
        if (!isReusable(this.#source)) this.#source = undefined;
      });
      this.#module = module;
    }
    return this.#module;
  }

  /** Returns the bytes of the wasm, for environments that cannot post a module. */
  async bytes(): Promise<Uint8Array> {
    const source = await (isReusable(this.#source) ? (this.#source ?? this.#usual()) : this.#usual());
    const { fetchBytes } = await lazyImport(import("./fetch-wasm.lazy.ts"));
    return fetchBytes(
      this.#name,
      source instanceof WebAssembly.Module || isResponse(source) ? await this.#usual() : source,
    );
  }
}

async function compile(name: WasmModule, pending: WasmSource | PromiseLike<WasmSource>): Promise<WebAssembly.Module> {
  const [{ compileSource }, source] = await Promise.all([lazyImport(import("./fetch-wasm.lazy.ts")), pending]);
  return compileSource(name, source);
}

function isReusable(source: unknown): boolean {
  return !isResponse(source) && typeof (source as PromiseLike<unknown> | undefined)?.then !== "function";
}

function isSame(a: unknown, b: unknown): boolean {
  return a === b || ((typeof a === "string" || a instanceof URL) && String(a) === String(b));
}
