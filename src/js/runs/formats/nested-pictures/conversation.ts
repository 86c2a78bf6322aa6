import { asObject, asText, type Json } from "../../../task-records/json-fields.ts";
import type { PictureItem } from "./picture-lists.ts";

/** Number of pictures of one size from which an agent, not a person, has sent them. */
const LEAST_PICTURES = 3;
/** Minimum width of a screenshot in pixels. */
const LEAST_WIDTH = 320;
const TOOL = /tool_?-?(?:calls?|use|result|invocation|output)|function_?(?:call|response)|_call_output/i;

/**
 * Whether elements with pictures are messages of a chat, whose pictures can be anything: charts that a tool drew, photos of a user.
 * Logs of computer-use tools have a format of their own (`message-log`). A log without any tool in which all pictures come from the
 * user and have the same size counts as the log of an agent.
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
    !items.some(({ item, preceding }) => [...preceding, item].some((element) => namesTool(element, 0)));
  return !isOfAgent;
}

/** Returns the role of the author of a message; `tool` for results of tool calls. */
function roleOf(element: Json): string | undefined {
  const item = asObject(element.payload) ?? element; // a row of Codex
  const type = asText(item.type) ?? "";
  const own = asText(item.role) ?? asText(asObject(item.message)?.role) ?? asText(asObject(item.content)?.role);
  const isResult =
    TOOL.test(type) || "jsonrpc" in item || asObject(item.result ?? item.response)?.content !== undefined;
  if (isResult) return "tool";
  return own?.toLowerCase() ?? (/^(?:human|ai|tool|system)(?:message)?$/i.test(type) ? type.toLowerCase() : undefined);
}

/** Levels of nesting of a message that are searched for a tool call. */
const DEEPEST = 4;

function namesTool(value: unknown, depth: number): boolean {
  if (typeof value !== "object" || value === null || depth > DEEPEST) return false;
  if (Array.isArray(value)) return value.some((each) => namesTool(each, depth + 1));
  return Object.entries(value).some(([name, each]) => {
    if (typeof each === "string") return name === "type" && TOOL.test(each);
    return (TOOL.test(name) && each !== null) || namesTool(each, depth + 1);
  });
}
