import { JsonError, parseJson as parse } from "../../task-records/parse-json.ts";
import type { RunsLimits } from "../read-options.ts";
import { jsonDepth } from "./json-depth.ts";
import { withinLimit } from "./limits.ts";

/**
 * The value of a JSON text as tools write it, or `undefined` when it is none.
 *
 * @throws `TaskGifError` `LIMIT_EXCEEDED` for deeper nesting than `limits.jsonDepth`.
 */
export function parseJson(text: string, limits: Required<RunsLimits>, path: string): unknown {
  withinLimit(jsonDepth(text, limits.jsonDepth), "jsonDepth", limits, `levels of nesting in ${path}`);
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof JsonError) return undefined;
    throw error;
  }
}
