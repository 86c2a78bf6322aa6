import { asObject, asObjects, asText, type Json, withoutUndefined } from "../../../../task-records/json-fields.ts";
import { asTimestamp } from "../../../../task-records/timestamp.ts";
import { asString } from "../../../as-string.ts";
import { inlinePicture } from "../../../pictures/picture-of-base64.ts";
import { callOf, isScreenTool, toolAction } from "../describe-action.ts";
import type { LogEvent, LogResult } from "../log-event.ts";
import { savedPicture } from "../saved-picture.ts";
import type { VendorFormat } from "../vendor-format.ts";

/**
 * Messages between an MCP client and a server that shows a screen: JSON-RPC calls of tools and their answers, or rows of
 * a client's own log, each a result with the name of the tool beside it.
 */
export const mcp: VendorFormat = {
  tool: "MCP",
  knows: (item) =>
    (paramsOf(item) !== undefined && isScreenTool(asObject(item.params)?.name)) ||
    (isScreenTool(nameIn(item)) && imagesIn(resultIn(item)).length > 0),
  events: (items) => items.flatMap((item, i) => (nameIn(item) === undefined ? eventsOf(item) : rowEvents(item, i))),
  warning: () => "the pictures that the server sent were taken for screenshots of the whole screen",
};

const paramsOf = (item: Json) =>
  item.jsonrpc === "2.0" && item.method === "tools/call" ? asObject(item.params) : undefined;

/** The tool of a row in a client's log. */
const nameIn = (row: Json) =>
  row.jsonrpc === undefined && row.role === undefined
    ? (asText(row.name) ?? asText(row.tool) ?? asText(row.toolName))
    : undefined;
const resultIn = (row: Json) => asObject(row.result) ?? asObject(row.response) ?? row;
/** Images as only MCP writes them; its Python package dumps names with underscores. */
const imagesIn = ({ content }: Json) =>
  asObjects(content).filter(
    ({ type, data, mime_type: own, mimeType = own }) => type === "image" && asText(data) && asText(mimeType),
  );

function rowEvents(row: Json, index: number): LogEvent[] {
  const params = row.arguments ?? row.args ?? row.input;
  const call = { jsonrpc: "2.0", id: index, method: "tools/call", params: { name: nameIn(row), arguments: params } };
  return [...eventsOf(call), ...eventsOf({ jsonrpc: "2.0", id: index, result: resultIn(row) })];
}

function eventsOf(item: Json): LogEvent[] {
  const id = item.id === undefined ? undefined : asString(item.id);
  const call = paramsOf(item);
  if (call && id !== undefined) {
    const name = asString(call.name);
    return [callOf(id, toolAction(name, asObject(call.arguments) ?? {}))];
  }
  const result = asObject(item.result);
  const failure = asObject(item.error);
  if (item.jsonrpc !== "2.0" || id === undefined || (!Array.isArray(result?.content) && !failure)) return [];
  const parts = asObjects(result?.content);
  const text = parts
    .map((part) => (part.type === "text" ? (asText(part.text) ?? "") : ""))
    .join(" ")
    .trim();
  const error = failure
    ? (asText(failure.message) ?? "")
    : (result?.isError ?? result?.is_error) === true
      ? text
      : undefined;
  return [
    withoutUndefined({
      type: "result" as const,
      id,
      picture:
        parts
          .map((part) => (part.type === "image" ? inlinePicture(part.data) : undefined))
          .findLast((picture) => picture !== undefined) ?? savedPicture(text),
      url: /^- Page URL: (\S+)$/m.exec(text)?.[1],
      error,
      timestampMs: asTimestamp(item.timestamp),
    }) as LogResult,
  ];
}
