/** The source of the wasm. */
export type WasmSource = URL | string | Response | BufferSource | WebAssembly.Module;

/** Whether a value is a `Response`. */
export function isResponse(source: unknown): source is Response {
  return typeof Response !== "undefined" && source instanceof Response;
}
