/**
 * A failure of screenshots, records, wasm or workers. Invalid arguments are `TypeError`s instead, and an aborted call rejects with the
 * reason of its signal.
 */
export class TaskGifError extends Error {
  /** Always `"TaskGifError"`. */
  override readonly name = "TaskGifError";

  /** Created by the package; `cause` is the underlying error. */
  constructor(
    /** Stable code, for programs. The guide to errors lists all codes. */
    readonly code: string,
    message: string,
    /** Index of the screenshot that caused the failure, in the caller's order from 0; absent if no single one did. */
    readonly frame?: number,
    cause?: unknown,
  ) {
    super(message, cause === undefined ? undefined : { cause });
  }
}

/** Returns the message of an unknown thrown value. */
export function describeError(error: unknown): string {
  return error instanceof Error ? error.message || error.name : String(error);
}

/**
 * Appends the stack of the call of the package to an error from a worker. `call` is an error that was created there. Only engines that
 * format stacks like V8 are supported.
 */
export function withCallSite(error: unknown, call: Error): unknown {
  const [, ...callers] = call.stack?.match(/^ +at .*/gm) ?? [];
  if (error instanceof TaskGifError && callers[0] && !error.stack?.includes(callers[0])) {
    error.stack = [error.stack, ...callers].join("\n");
  }
  return error;
}

/** Returns the reason of an aborted signal: an `AbortError`, unless the caller chose another one. */
export function abortReason(signal: AbortSignal): unknown {
  return signal.reason ?? new DOMException("the assembly was aborted", "AbortError");
}
