import { HTTPException } from "hono/http-exception";

type Detail = string | { loc: (string | number)[]; msg: string; type: string }[];

/** A request that cannot be done as it is: thrown, it is the answer. */
export function refusal(status: number, detail: Detail, headers: Record<string, string> = {}): HTTPException {
  return new HTTPException(status as 400, { res: Response.json({ detail }, { status, headers }) });
}

/** The refusal of one field, in the form that the task API has. */
export function invalid(loc: (string | number)[], msg: string, type = "value_error"): HTTPException {
  return refusal(422, [{ loc, msg, type }]);
}
