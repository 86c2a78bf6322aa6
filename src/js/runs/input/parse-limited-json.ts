import { JsonError, parseJson as parse } from "../../task-records/parse-json.ts";
import type { RunsLimits } from "../read-options.ts";
import { jsonDepth } from "./json-depth.ts";
import { withinLimit } from "./limits.ts";

/**
 * Parses JSON or JSON lines; `undefined` for other text. `onCutLine` is called if the last line is cut off and left out.
 *
 * @throws `TaskGifError` `LIMIT_EXCEEDED` for deeper nesting than `limits.jsonDepth`.
 */
export function parseJson(text: string, limits: Required<RunsLimits>, path: string, onCutLine?: () => void): unknown {
  withinLimit(jsonDepth(text, limits.jsonDepth), "jsonDepth", limits, `levels of nesting in ${path}`);
  try {
    return parse(text, onCutLine);
  } catch (error) {
    if (error instanceof JsonError) return undefined;
    throw error;
  }
}
