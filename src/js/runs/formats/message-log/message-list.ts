import { asObject, asObjects, asText, type Json } from "../../../task-records/json-fields.ts";
import { asString } from "../../as-string.ts";

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
 * The messages in parsed JSON: a list of them, an object around it (`{ messages: [...] }`), requests and answers as
 * they were sent, or rows of a session's table. Requests that hold the whole history so far are one history, of which
 * pictures that were taken out later are kept; those that hold what is new are put together.
 */
export function messageLists(value: unknown): MessageList[] {
  const lists: MessageList[] = [];
  collect(value, undefined, lists, 0);
  const sessions = new Map<string | undefined, Json[]>();
  for (const { session, items } of lists) sessions.set(session, join(sessions.get(session) ?? [], items));
  return [...sessions].map(([session, items]) => ({ ...(session !== undefined && { session }), items }));
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

/** A result of MCP, in a row with the name of its tool. */
const isToolRow = ({ name, tool, toolName, result, response }: Json) =>
  (name ?? tool ?? toolName) !== undefined && Array.isArray(asObject(result ?? response)?.content);

/** A row around a message: of a session's table (Agents SDK), or of a transcript (Claude Code, Codex). */
function rowOf(row: Json): { session?: string; message: Json } | undefined {
  const session = asText(row.session_id) ?? asText(row.sessionId);
  const text = asText(row.message_data);
  const inside = row.type === "response_item" ? row.payload : row.message;
  const message = text === undefined ? (asText(row.type) ? asObject(inside) : undefined) : parsed(text);
  if (!message) return undefined;
  const timestamp = text === undefined ? asText(row.timestamp) : undefined;
  return { ...(session && { session }), message: timestamp ? { ...message, timestamp } : message };
}

function parsed(text: string): Json | undefined {
  try {
    return asObject(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Joins a history and the next list of messages, which repeats the history or has only the new messages. */
function join(history: Json[], next: readonly Json[]): Json[] {
  const isWhole = next.length > 1 && history.length > 0 && isSame(history[0]!, next[0]!);
  if (isWhole) {
    const kept = next.map((item, i) =>
      i < history.length && pictures(history[i]) > pictures(item) ? history[i]! : item,
    );
    return kept.length < history.length ? [...kept, ...history.slice(kept.length)] : kept;
  }
  const seen = new Set(history.map(keyOf));
  return [...history, ...next.filter((item) => keyOf(item) === undefined || !seen.has(keyOf(item)))];
}

/**
 * Messages are compared by what is said: marks for caches come and go. Items of answers are told apart by their
 * identifiers.
 */
const isSame = (a: Json, b: Json) =>
  a.role === b.role && a.type === b.type && textOf(a) === textOf(b) && (a.id ?? b.id) === (b.id ?? a.id);

function textOf(item: Json): string {
  const content = item.content ?? item.parts;
  if (typeof content === "string") return content;
  return asObjects(content)
    .map((part) => asText(part.text) ?? "")
    .join("\n");
}

/** Characters of the pictures in a message, or the like: what is left when they were taken out is short. */
function pictures(item: unknown, depth = 0): number {
  if (typeof item === "string") return item.length > 1000 ? item.length : 0;
  if (typeof item !== "object" || item === null || depth > 8) return 0;
  return Object.values(item).reduce((sum: number, each) => sum + pictures(each, depth + 1), 0);
}

/** Returns the identifier of a message, if it has one. */
function keyOf(item: Json): string | undefined {
  const own = [item.call_id, item.callId, item.tool_call_id].find((id) => typeof id === "string");
  if (own !== undefined) return `${asString(item.type)} ${asString(own)}`;
  const ids = asObjects(item.content)
    .map((block) => block.id ?? block.tool_use_id)
    .filter((id) => typeof id === "string");
  return ids.length === 0 ? undefined : `${asString(item.role)} ${ids.join(" ")}`;
}
