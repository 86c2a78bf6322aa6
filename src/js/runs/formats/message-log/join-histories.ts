import { asObjects, asText, type Json } from "../../../task-records/json-fields.ts";
import { asString } from "../../as-string.ts";

/** Maximum length of texts; longer strings are pictures or other data. */
const LONGEST_TEXT = 1000;

/**
 * Joins a history with the next list of messages. The list may repeat the history with more messages (pictures may be removed), or its
 * end with more, or contain only new messages. `undefined` if the list is another conversation: it has another start and none of
 * the calls.
 */
export function joinHistories(history: readonly Json[], next: readonly Json[]): Json[] | undefined {
  if (isOfAnother(history, next)) return undefined;
  const window = windowOf(history, next);
  if (window) {
    return [...history.slice(0, window.at), ...withPictures(history.slice(window.at), next.slice(window.skipped))];
  }
  const isWhole = next.length > 1 && history.length > 0 && isSame(history[0]!, next[0]!);
  if (isWhole) return withPictures(history, next);
  const seen = new Set(history.map(keyOf));
  return [...history, ...next.filter((item) => keyOf(item) === undefined || !seen.has(keyOf(item)))];
}

/** Merges two lists with the same start: the longer one, each message with the picture that one of them has. */
function withPictures(history: readonly Json[], next: readonly Json[]): Json[] {
  const kept = next.map((item, i) =>
    i < history.length && pictures(history[i]) > pictures(item) ? history[i]! : item,
  );
  return [...kept, ...history.slice(kept.length)];
}

/** Whether a list of messages is a complete conversation, other than the history. */
function isOfAnother(history: readonly Json[], next: readonly Json[]): boolean {
  const task = taskOf(next);
  const known = idsOf(history);
  const ids = idsOf(next);
  if (task === undefined || next.length <= next.indexOf(task) + 1 || [...ids].some((id) => known.has(id))) return false;
  const isAnswered = next.some(
    ({ role, type }) => role === "assistant" || role === "model" || /_call$/.test(asString(type ?? "")),
  );
  if (!isAnswered || taskOf(history) === undefined) return false;
  if (known.size > 0 && ids.size > 0) return true;
  return !history.some((item) => textOf(item) === textOf(task));
}

/**
 * Returns the index in the history at which the start of a list continues it, after `skipped` common messages such as that of the
 * system. `undefined` if the list also contains the start of the history.
 */
function windowOf(history: readonly Json[], next: readonly Json[]): { at: number; skipped: number } | undefined {
  const [own, known] = [next.map(signature), history.map(signature)];
  let skipped = 0;
  while (skipped < own.length && own[skipped] === known[skipped]) skipped++;
  if (skipped === own.length || skipped === known.length) return undefined;
  for (let at = skipped + 1; at < known.length; at++) {
    const shared = known.length - at;
    if (shared <= own.length - skipped && known.slice(at).every((text, i) => text === own[skipped + i]))
      return { at, skipped };
  }
  return undefined;
}

/** Returns the first message of a user that is no result. */
const taskOf = (items: readonly Json[]) =>
  items.find((item) => item.role === "user" && textOf(item) !== "" && keyOf(item) === undefined);

/** Returns the identifiers of calls, in calls and in results. */
function idsOf(items: readonly Json[]): Set<string> {
  const ids = items.flatMap((item) => [
    ...[item.call_id, item.callId, item.tool_call_id],
    ...asObjects(item.content).map((block) => block.id ?? block.tool_use_id ?? block.toolCallId),
    ...asObjects(item.tool_calls).map(({ id }) => id),
  ]);
  return new Set(ids.filter((id) => typeof id === "string"));
}

/** Returns the text of a message, with the length and the end of its pictures. */
function signature(item: Json): string {
  const key = keyOf(item);
  if (key !== undefined) return key;
  return JSON.stringify(item, (name, value) => {
    if (name === "cache_control") return undefined;
    return typeof value === "string" && value.length > LONGEST_TEXT ? `${value.length} ${value.slice(-64)}` : value;
  });
}

/** Whether two messages are equal, without cache marks, which change. Items of answers are compared by their identifiers. */
const isSame = (a: Json, b: Json) =>
  a.role === b.role && a.type === b.type && textOf(a) === textOf(b) && (a.id ?? b.id) === (b.id ?? a.id);

function textOf(item: Json): string {
  const content = item.content ?? item.parts;
  if (typeof content === "string") return content;
  return asObjects(content)
    .flatMap((part) => asText(part.text) ?? [])
    .join("\n");
}

/** Returns the number of characters of the pictures in a message; it is small if they were removed. */
function pictures(item: unknown, depth = 0): number {
  if (typeof item === "string") return item.length > LONGEST_TEXT ? item.length : 0;
  if (typeof item !== "object" || item === null || depth > 8) return 0;
  return Object.values(item).reduce((sum: number, each) => sum + pictures(each, depth + 1), 0);
}

/** Returns the identifier of a message; `undefined` if it has none. */
function keyOf(item: Json): string | undefined {
  const own = [item.call_id, item.callId, item.tool_call_id].find((id) => typeof id === "string");
  if (own !== undefined) return `${asString(item.type)} ${asString(own)}`;
  const ids = asObjects(item.content)
    .map((block) => block.id ?? block.tool_use_id)
    .filter((id) => typeof id === "string");
  return ids.length === 0 ? undefined : `${asString(item.role)} ${ids.join(" ")}`;
}
