import { TaskGifError } from "../task-gif-error.ts";
import type { UnavailableReason } from "./client-types.ts";

/** An error of the task client. The guide to errors (www/docs/errors.md) lists the codes. */
export class TaskClientError extends TaskGifError {
  /** The HTTP status, if it was the cause. */
  declare readonly status?: number;
  /** The reason why there is no GIF, for the codes `NOT_READY`, `NOT_FOUND` and `EXPIRED`. */
  declare readonly reason?: UnavailableReason;
  /** With `MEDIA_CORS`: the address, which an `<img>` can show although no script may read it. Not enumerable. */
  declare readonly url?: string;

  /** @internal */
  constructor(code: string, message: string, facts: { status?: unknown; reason?: unknown; url?: unknown } = {}) {
    super(code, message);
    const { status, reason, url } = facts;
    if (typeof status === "number") Object.defineProperty(this, "status", { value: status, enumerable: true });
    if (typeof reason === "string") Object.defineProperty(this, "reason", { value: reason, enumerable: true });
    // The address may be signed, so it must not get into logs unintentionally.
    if (typeof url === "string") Object.defineProperty(this, "url", { value: url });
  }
}
