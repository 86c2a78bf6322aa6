/**
 * Everything that can go wrong with the screenshots, the wasm or the workers. Wrong arguments are `TypeError`s
 * instead, and an aborted call rejects with the reason of its signal.
 */
export class TaskGifError extends Error {
  /** Always `"TaskGifError"`. */
  override readonly name = "TaskGifError";

  /** Made by the package; `cause` is what was thrown underneath. */
  constructor(
    /** Stable, upper-case name of what happened, for programs. The guide to errors has the list. */
    readonly code: string,
    message: string,
    /** Place of the screenshot in the caller's order, from 0, where the failure belongs to one. */
    readonly frame?: number,
    cause?: unknown,
  ) {
    super(message, cause === undefined ? undefined : { cause });
  }
}

/** What to say of an unknown thrown value. */
export function describeError(error: unknown): string {
  return error instanceof Error ? error.message || error.name : String(error);
}

/**
 * Lets the stack of an error that began in a worker end at the line that called the package. `call` was made there; only
 * engines that write stacks as V8 does have such lines.
 */
export function withCallSite(error: unknown, call: Error): unknown {
  const [, ...callers] = call.stack?.match(/^ +at .*/gm) ?? [];
  if (error instanceof TaskGifError && callers[0] && !error.stack?.includes(callers[0])) {
    error.stack = [error.stack, ...callers].join("\n");
  }
  return error;
}

/** The rejection for an aborted signal: its own reason, which is an `AbortError` unless the caller chose another. */
export function abortReason(signal: AbortSignal): unknown {
  return signal.reason ?? new DOMException("the assembly was aborted", "AbortError");
}
