import { HTTPException } from "hono/http-exception";

type Detail = string | { loc: (string | number)[]; msg: string; type: string }[];

/** Returns an error that, when a handler throws it, becomes the response to the request. */
export function refusal(status: number, detail: Detail, headers: Record<string, string> = {}): HTTPException {
  return new HTTPException(status as 400, { res: Response.json({ detail }, { status, headers }) });
}

/** Returns the refusal of one field, in the format of the task API. */
export function invalid(loc: (string | number)[], msg: string, type = "value_error"): HTTPException {
  return refusal(422, [{ loc, msg, type }]);
}
