/**
 * The wasm modules of the package: `assembler` makes GIFs, `client` asks the task endpoint and reads GIFs. Each is loaded
 * with the first work that needs it.
 */
export type WasmModule = "assembler" | "client";
