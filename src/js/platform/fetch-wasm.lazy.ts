import { describeError, TaskGifError } from "../task-gif-error.ts";
import type { WasmModule } from "./wasm-module.ts";
import { isResponse, type WasmSource } from "./wasm-source.ts";

/** Loads wasm from any source. Loaded itself with the first work that needs wasm. */

/** Compiles the wasm from `source`; errors name `module`. @throws `TaskGifError` `WASM_NOT_FOUND` or `WASM_FAILED`. */
export async function compileSource(module: WasmModule, source: WasmSource): Promise<WebAssembly.Module> {
  if (source instanceof WebAssembly.Module) return source;
  if (isBytes(source)) return compileBytes(module, toBytes(source), "the given bytes");
  const response = isResponse(source) ? source : await request(module, source);
  check(module, response);
  const type = response.headers.get("content-type") ?? "";
  if (type.startsWith("application/wasm") && "compileStreaming" in WebAssembly) {
    return WebAssembly.compileStreaming(response).catch((error: unknown) => Promise.reject(refused(error)));
  }
  const bytes = new Uint8Array(await response.arrayBuffer());
  const compiled = await compileBytes(module, bytes, name(response.url));
  console.warn(`task-gif: ${name(response.url)} came as "${type}"; serve .wasm as application/wasm to load it faster`);
  return compiled;
}

/** Returns the bytes of the wasm from `source`. @throws `TaskGifError` `WASM_NOT_FOUND`. */
export async function fetchBytes(module: WasmModule, source: WasmSource): Promise<Uint8Array> {
  if (isBytes(source)) return toBytes(source);
  const response = await request(module, source as URL | string);
  check(module, response);
  return new Uint8Array(await response.arrayBuffer());
}

async function request(module: WasmModule, url: URL | string): Promise<Response> {
  try {
    return await fetch(url);
  } catch (error) {
    throw new TaskGifError(
      "WASM_NOT_FOUND",
      `cannot fetch ${name(String(url))}: ${describeError(error)}; ${hint(module)}`,
    );
  }
}

/** Throws for an error status, and for a page that a server sent in place of a file that does not exist. */
function check(module: WasmModule, response: Response): void {
  const type = response.headers.get("content-type") ?? "";
  if (response.ok && !type.startsWith("text/html")) return;
  const found = response.ok ? "an HTML page" : `HTTP status ${response.status}`;
  throw new TaskGifError("WASM_NOT_FOUND", `expected wasm at ${name(response.url)}, found ${found}; ${hint(module)}`);
}

async function compileBytes(
  module: WasmModule,
  bytes: Uint8Array<ArrayBuffer>,
  where: string,
): Promise<WebAssembly.Module> {
  if (bytes[0] === 0 && bytes[1] === 0x61 && bytes[2] === 0x73 && bytes[3] === 0x6d) {
    return WebAssembly.compile(bytes).catch((error: unknown) => Promise.reject(refused(error)));
  }
  const found = /^\s*</.test(String.fromCharCode(...bytes.subarray(0, 8))) ? "an HTML page" : "something else";
  throw new TaskGifError("WASM_NOT_FOUND", `expected wasm in ${where}, found ${found}; ${hint(module)}`);
}

function hint(module: WasmModule): string {
  const [file, call] = module === "client" ? ["task_gif_client_bg.wasm", "initClient"] : ["task_gif_bg.wasm", "init"];
  return `pass the address of ${file} to ${call}(); with a bundler, import it as a URL first`;
}

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
