import { describeError, TaskGifError } from "./errors.ts";

/** Where the wasm may come from. */
export type WasmSource = URL | string | Response | BufferSource | WebAssembly.Module;

/** Loads the wasm once, and again after a failure. Workers get the compiled module; nothing is instantiated here. */
export class WasmLoader {
  readonly #usual: () => WasmSource | PromiseLike<WasmSource>;
  #source: WasmSource | PromiseLike<WasmSource> | undefined;
  #module: Promise<WebAssembly.Module> | undefined;

  constructor(usual: () => WasmSource | PromiseLike<WasmSource>) {
    this.#usual = usual;
  }

  /** Loads from `source`, or from the usual place. Calls with the same source, or without one, share their work. */
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
      const module = compile(this.#source ?? this.#usual());
      module.catch(() => {
        // A failure is not kept: the next call tries again. A body that was given can be read only once.
        if (this.#module !== module) return;
        this.#module = undefined;
        if (!isReusable(this.#source)) this.#source = undefined;
      });
      this.#module = module;
    }
    return this.#module;
  }

  /** The bytes of the wasm, for where a module cannot be posted. */
  async bytes(): Promise<Uint8Array> {
    const source = await (isReusable(this.#source) ? (this.#source ?? this.#usual()) : this.#usual());
    return fetchBytes(source instanceof WebAssembly.Module || isResponse(source) ? await this.#usual() : source);
  }
}

async function compile(given: WasmSource | PromiseLike<WasmSource>): Promise<WebAssembly.Module> {
  const source = await given;
  if (source instanceof WebAssembly.Module) return source;
  if (isBytes(source)) return compileBytes(toBytes(source), "the given bytes");
  const response = isResponse(source) ? source : await request(source);
  check(response);
  const type = response.headers.get("content-type") ?? "";
  if (type.startsWith("application/wasm") && "compileStreaming" in WebAssembly) {
    return WebAssembly.compileStreaming(response).catch((error: unknown) => Promise.reject(refused(error)));
  }
  const bytes = new Uint8Array(await response.arrayBuffer());
  const module = await compileBytes(bytes, name(response.url));
  console.warn(`task-gif: ${name(response.url)} came as "${type}"; serve .wasm as application/wasm to load it faster`);
  return module;
}

async function fetchBytes(source: WasmSource): Promise<Uint8Array> {
  if (isBytes(source)) return toBytes(source);
  const response = await request(source as URL | string);
  check(response);
  return new Uint8Array(await response.arrayBuffer());
}

async function request(url: URL | string): Promise<Response> {
  try {
    return await fetch(url);
  } catch (error) {
    throw new TaskGifError("WASM_NOT_FOUND", `cannot fetch ${name(String(url))}: ${describeError(error)}; ${HINT}`);
  }
}

/** Servers like to answer with a page instead of a file that is not there. */
function check(response: Response): void {
  const type = response.headers.get("content-type") ?? "";
  if (response.ok && !type.startsWith("text/html")) return;
  const found = response.ok ? "an HTML page" : `HTTP status ${response.status}`;
  throw new TaskGifError("WASM_NOT_FOUND", `expected wasm at ${name(response.url)}, found ${found}; ${HINT}`);
}

async function compileBytes(bytes: Uint8Array<ArrayBuffer>, where: string): Promise<WebAssembly.Module> {
  if (bytes[0] === 0 && bytes[1] === 0x61 && bytes[2] === 0x73 && bytes[3] === 0x6d) {
    return WebAssembly.compile(bytes).catch((error: unknown) => Promise.reject(refused(error)));
  }
  const found = /^\s*</.test(String.fromCharCode(...bytes.subarray(0, 8))) ? "an HTML page" : "something else";
  throw new TaskGifError("WASM_NOT_FOUND", `expected wasm in ${where}, found ${found}; ${HINT}`);
}

const HINT = "pass the address of task_gif_bg.wasm to init(); with a bundler, import it as a URL first";

function refused(error: unknown): TaskGifError {
  const hint = "a Content-Security-Policy needs 'wasm-unsafe-eval', and the browser wasm SIMD";
  return new TaskGifError("WASM_FAILED", `the wasm was refused: ${describeError(error)}; ${hint}`, undefined, error);
}

const name = (url: string) => url.replace(/[?#].*$/s, "") || "the given response";

function isBytes(source: unknown): source is BufferSource {
  return source instanceof ArrayBuffer || ArrayBuffer.isView(source);
}

function toBytes(source: BufferSource): Uint8Array<ArrayBuffer> {
  if (ArrayBuffer.isView(source)) return new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
  return new Uint8Array(source);
}

function isResponse(source: unknown): source is Response {
  return typeof Response !== "undefined" && source instanceof Response;
}

function isReusable(source: unknown): boolean {
  return !isResponse(source) && typeof (source as PromiseLike<unknown> | undefined)?.then !== "function";
}

function isSame(a: unknown, b: unknown): boolean {
  return a === b || ((typeof a === "string" || a instanceof URL) && String(a) === String(b));
}
