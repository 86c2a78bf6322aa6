import { asObject, asText, type Json } from "../../../task-records/json-fields.ts";
import { tryParseJson } from "../../../task-records/parse-json.ts";
import { joinHistories } from "./join-histories.ts";

/** The messages of one session in the order in which they were sent. */
export type MessageList = { session?: string; items: Json[] };

/** Fields that hold messages in requests, responses and dumps, in chronological order. */
const LISTS = [
  "request",
  "body",
  "messages",
  "input",
  "contents",
  "items",
  "events",
  "steps",
  "response",
  "output",
  "candidates",
  "history",
  "original_input",
  "originalInput",
  "new_items",
  "newItems",
  "generated_items",
  "generatedItems",
  "data",
  "values",
  "state",
];
/** Maximum nesting of dumps, such as a log of requests within an export. */
const DEEPEST = 4;

/**
 * Returns the messages in parsed JSON, one list for each conversation. The JSON is a list of messages, an object with one
 * (`{ messages: [...] }`), requests and answers, or rows of a table of sessions. Requests are joined to one history, whether they
 * contain the whole history, only new messages, or the end of the history with more; pictures that later requests lack are kept.
 */
export function messageLists(value: unknown): MessageList[] {
  const lists: MessageList[] = [];
  collect(value, undefined, lists, 0);
  const joined: MessageList[] = [];
  for (const list of lists) {
    const before = joined.findLast(({ session }) => session === list.session);
    const items = before && joinHistories(before.items, list.items);
    if (items) before.items = items;
    else joined.push(list);
  }
  return joined;
}

function collect(value: unknown, session: string | undefined, lists: MessageList[], depth: number): void {
  if (depth > DEEPEST) return;
  let open: MessageList | undefined;
  const listOf = (owner: string | undefined): MessageList => {
    if (open && open.session === owner) return open;
    open = { ...(owner !== undefined && { session: owner }), items: [] };
    lists.push(open);
    return open;
  };
  for (const item of Array.isArray(value) ? value.flat(1) : [value]) {
    const object = asObject(item);
    if (!object) continue;
    const row = rowOf(object);
    if (row) listOf(row.session).items.push(row.message);
    else if (isMessage(object)) listOf(session).items.push(object);
    else {
      open = undefined;
      for (const name of LISTS) if (typeof object[name] === "object") collect(object[name], session, lists, depth + 1);
    }
  }
}

/** Whether a value is itself a message or item, not an object around one. */
function isMessage(object: Json): boolean {
  if (object.object === "response") return false; // an answer of the Responses API has its items in `output`
  return "role" in object || "parts" in object || "jsonrpc" in object || "raw_item" in object || "rawItem" in object
    ? true
    : asText(object.type) !== undefined || typeof object.content === "object" || isToolRow(object) || object.lc === 1;
}

/** Returns a result of MCP in a row with the name of its tool. */
const isToolRow = ({ name, tool, toolName, result, response }: Json) =>
  (name ?? tool ?? toolName) !== undefined && Array.isArray(asObject(result ?? response)?.content);

/** A row around a message: of a session's table (Agents SDK), of a transcript (Claude Code, Codex), of a session (Strands). */
function rowOf(row: Json): { session?: string; message: Json } | undefined {
  const session = asText(row.session_id) ?? asText(row.sessionId);
  const text = asText(row.message_data);
  const inside = row.type === "response_item" ? row.payload : row.message;
  const isRow = asText(row.type) !== undefined || row.message_id !== undefined;
  const message = text === undefined ? (isRow ? asObject(inside) : undefined) : asObject(tryParseJson(text));
  if (!message) return undefined;
  const timestamp = text === undefined ? (asText(row.timestamp) ?? asText(row.created_at)) : undefined;
  return { ...(session && { session }), message: timestamp ? { ...message, timestamp } : message };
}
