import type { ErrorHandler } from "hono";
import { HTTPException } from "hono/http-exception";
import type { Log } from "../server-options.ts";
import { loggedPath } from "./logged-path.ts";

/** Messages for a store that cannot write, by the code of its error. */
const STORE_REFUSALS: { readonly [code: string]: string } = {
  ENOSPC: "The disk of the server is full",
  EDQUOT: "The disk of the server is full",
  EACCES: "The server may not write into its folder",
  EPERM: "The server may not write into its folder",
  EROFS: "The server may not write into its folder",
};

/**
 * Answers a request whose handler threw. A refusal is its own answer; other errors are logged and answered by their
 * code.
 */
export function answerError(log: Log): ErrorHandler {
  return (error, c) => {
    if (error instanceof HTTPException) return error.getResponse();
    log({ event: "error", path: loggedPath(c), error: error.message });
    const { code = "" } = error as Error & { code?: string };
    if (Object.hasOwn(STORE_REFUSALS, code)) return c.json({ detail: STORE_REFUSALS[code] }, 503);
    return c.json({ detail: "Internal Server Error" }, 500);
  };
}
