/** An error in a form that survives `postMessage` unharmed everywhere. */
export type WireError = { code: string; message: string; frame?: number };

/** The typed error that wasm threw, or `undefined` when it is anything else: a trap, or a fault of ours. */
export function typedError(error: unknown): WireError | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code, frame } = error as { code?: unknown; frame?: unknown };
  if (typeof code !== "string") return undefined;
  return { code, message: error.message, ...(typeof frame === "number" && { frame }) };
}
