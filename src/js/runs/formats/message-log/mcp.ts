import { asMoment, asObject, asObjects, asText, type Json, known } from "../../../steps/fields.ts";
import { inlinePicture } from "../../inline-picture.ts";
import { describeTool, isScreenTool } from "./actions.ts";
import type { Dialect } from "./dialect.ts";
import type { LogEvent, LogResult } from "./log-event.ts";

/** Messages between an MCP client and a server that shows a screen: JSON-RPC calls of tools, and their answers. */
export const mcp: Dialect = {
  tool: "MCP",
  knows: (item) => callOf(item) !== undefined && isScreenTool(asObject(item.params)?.name),
  events: (items) => items.flatMap(eventsOf),
  warning: () => "the pictures that the server sent were taken for screenshots of the whole screen",
};

const callOf = (item: Json) =>
  item.jsonrpc === "2.0" && item.method === "tools/call" ? asObject(item.params) : undefined;

function eventsOf(item: Json): LogEvent[] {
  const id = item.id === undefined ? undefined : String(item.id);
  const call = callOf(item);
  if (call && id !== undefined) {
    const name = String(call.name);
    return isScreenTool(name)
      ? [{ type: "call", id, actions: [describeTool(name, asObject(call.arguments) ?? {})] }]
      : [{ type: "call", id, actions: [], isOther: true }];
  }
  const result = asObject(item.result);
  const failure = asObject(item.error);
  if (item.jsonrpc !== "2.0" || id === undefined || (!Array.isArray(result?.content) && !failure)) return [];
  const parts = asObjects(result?.content);
  const text = parts
    .map((part) => (part.type === "text" ? (asText(part.text) ?? "") : ""))
    .join(" ")
    .trim();
  const error = failure ? (asText(failure.message) ?? "") : result?.isError === true ? text : undefined;
  return [
    known({
      type: "result" as const,
      id,
      picture: parts
        .map((part) => (part.type === "image" ? inlinePicture(part.data) : undefined))
        .findLast((picture) => picture !== undefined),
      url: /^- Page URL: (\S+)$/m.exec(text)?.[1],
      error,
      timestampMs: asMoment(item.timestamp),
    }) as LogResult,
  ];
}
