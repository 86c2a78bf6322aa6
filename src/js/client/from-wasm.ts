import { TaskGifError } from "../errors.ts";
import { TaskClientError } from "./errors.ts";

/** What wasm threw, as callers see it. Reasons of aborted signals and `TypeError`s stay as they are. */
export function fromWasm(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof TypeError || error instanceof TaskGifError) return error;
  const { code } = error as { code?: unknown };
  return error.name === "TaskGifError" && typeof code === "string"
    ? new TaskClientError(code, error.message, error as object)
    : error;
}
