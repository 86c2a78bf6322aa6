import { asObject, asText, type Json } from "../../../task-records/json-fields.ts";
import type { PictureItem } from "./picture-lists.ts";

/** Pictures of one size that a user does not send one by one, but an agent does. */
const LEAST_PICTURES = 3;
/** Width of a screen in pixels that a picture has at least. */
const LEAST_WIDTH = 320;
const TOOL = /tool_?-?(?:calls?|use|result|invocation|output)|function_?(?:call|response)|_call_output/i;

/**
 * Whether elements with pictures are messages between a model and whoever runs it, whose pictures can be anything: charts
 * that a tool drew, photos of a user. Message logs that name a tool which shows a screen have a format of their own. A log
 * without any tool, in which the user sends pictures of one and the same size all the time, is that of an agent.
 */
export function isConversation(items: readonly PictureItem[]): boolean {
  const roles = items.map(({ item }) => roleOf(item));
  if (roles.every((role) => role === undefined)) return false;
  const sizes = new Set(items.flatMap(({ pictures }) => pictures.map(({ size }) => JSON.stringify(size))));
  const [size] = items.flatMap(({ pictures }) => pictures.map((picture) => picture.size));
  const isOfAgent =
    roles.every((role) => role === "user" || role === "human") &&
    items.length >= LEAST_PICTURES &&
    sizes.size === 1 &&
    (size?.width ?? 0) >= LEAST_WIDTH &&
    !items.some(({ item, since }) => [...since, item].some((element) => namesTool(element, 0)));
  return !isOfAgent;
}

/** Who a message is from; `tool` for results of any kind. */
function roleOf(element: Json): string | undefined {
  const item = asObject(element.payload) ?? element; // a row of Codex
  const type = asText(item.type) ?? "";
  const own = asText(item.role) ?? asText(asObject(item.message)?.role) ?? asText(asObject(item.content)?.role);
  const isResult =
    TOOL.test(type) || "jsonrpc" in item || asObject(item.result ?? item.response)?.content !== undefined;
  if (isResult) return "tool";
  return own?.toLowerCase() ?? (/^(?:human|ai|tool|system)(?:message)?$/i.test(type) ? type.toLowerCase() : undefined);
}

/** Levels of a message in which the call of a tool is looked for. */
const DEEPEST = 4;

function namesTool(value: unknown, depth: number): boolean {
  if (typeof value !== "object" || value === null || depth > DEEPEST) return false;
  if (Array.isArray(value)) return value.some((each) => namesTool(each, depth + 1));
  return Object.entries(value).some(([name, each]) => {
    if (typeof each === "string") return name === "type" && TOOL.test(each);
    return (TOOL.test(name) && each !== null) || namesTool(each, depth + 1);
  });
}
