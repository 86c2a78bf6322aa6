import type { RunsLimits } from "../types.ts";
import { jsonDepth } from "./json-depth.ts";
import { withinLimit } from "./limits.ts";

/**
 * The value of a JSON text, or `undefined` when it is none. JSON lines become an array, of which a last line that was cut
 * off is left out; `NaN` and `Infinity`, which Python writes, become null.
 *
 * @throws `TaskGifError` `LIMIT_EXCEEDED` for deeper nesting than `limits.jsonDepth`.
 */
export function parseJson(text: string, limits: Required<RunsLimits>, path: string): unknown {
  withinLimit(jsonDepth(text, limits.jsonDepth), "jsonDepth", limits, `levels of nesting in ${path}`);
  return parse(text) ?? parse(withoutNan(text)) ?? parseLines(text);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Numbers that are none become null, outside strings. */
function withoutNan(text: string): string {
  if (!/NaN|Infinity/.test(text)) return text;
  return text.replace(/"(?:[^"\\]|\\.)*"|-?(?:NaN|Infinity)\b/g, (found) => (found.startsWith('"') ? found : "null"));
}

function parseLines(text: string): unknown {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const values = lines.map((line) => parse(line) ?? parse(withoutNan(line)));
  if (values.at(-1) === undefined && values.length > 1) values.pop();
  return values.length === 0 || values.includes(undefined) ? undefined : values;
}
