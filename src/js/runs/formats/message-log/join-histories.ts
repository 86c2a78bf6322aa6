import { asObjects, asText, type Json } from "../../../task-records/json-fields.ts";
import { asString } from "../../as-string.ts";

/** Strings that are longer are pictures, or the like. */
const LONGEST_TEXT = 1000;

/**
 * A history and the next list of messages: the same with more, of which pictures may have been taken out; its end with
 * more, where the beginning was cut off; or what is new. `undefined` where the list is of another conversation: it has
 * its own beginning and none of the calls.
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

/** The longer of two lists that begin alike, each message with the picture that one of them has. */
function withPictures(history: readonly Json[], next: readonly Json[]): Json[] {
  const kept = next.map((item, i) =>
    i < history.length && pictures(history[i]) > pictures(item) ? history[i]! : item,
  );
  return [...kept, ...history.slice(kept.length)];
}

/** Whether a list of messages is a whole conversation, and another one than the history. */
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
 * Where the end of a history stands at the beginning of a list, behind `skipped` messages that both begin with, such as
 * that of the system. Nothing where the list has the beginning of the history too.
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

/** The first message of a user that is no result. */
const taskOf = (items: readonly Json[]) =>
  items.find((item) => item.role === "user" && textOf(item) !== "" && keyOf(item) === undefined);

/** The identifiers of calls, in calls and in results. */
function idsOf(items: readonly Json[]): Set<string> {
  const ids = items.flatMap((item) => [
    ...[item.call_id, item.callId, item.tool_call_id],
    ...asObjects(item.content).map((block) => block.id ?? block.tool_use_id ?? block.toolCallId),
    ...asObjects(item.tool_calls).map(({ id }) => id),
  ]);
  return new Set(ids.filter((id) => typeof id === "string"));
}

/** What a message says, with the length and the end of its pictures. */
function signature(item: Json): string {
  const key = keyOf(item);
  if (key !== undefined) return key;
  return JSON.stringify(item, (name, value) => {
    if (name === "cache_control") return undefined;
    return typeof value === "string" && value.length > LONGEST_TEXT ? `${value.length} ${value.slice(-64)}` : value;
  });
}

/** Messages are compared by what is said: marks for caches come and go. Items of answers are told apart by their identifiers. */
const isSame = (a: Json, b: Json) =>
  a.role === b.role && a.type === b.type && textOf(a) === textOf(b) && (a.id ?? b.id) === (b.id ?? a.id);

function textOf(item: Json): string {
  const content = item.content ?? item.parts;
  if (typeof content === "string") return content;
  return asObjects(content)
    .flatMap((part) => asText(part.text) ?? [])
    .join("\n");
}

/** Characters of the pictures in a message, or the like: what is left when they were taken out is short. */
function pictures(item: unknown, depth = 0): number {
  if (typeof item === "string") return item.length > LONGEST_TEXT ? item.length : 0;
  if (typeof item !== "object" || item === null || depth > 8) return 0;
  return Object.values(item).reduce((sum: number, each) => sum + pictures(each, depth + 1), 0);
}

/** What tells a message from every other one; nothing where it has no identifier. */
function keyOf(item: Json): string | undefined {
  const own = [item.call_id, item.callId, item.tool_call_id].find((id) => typeof id === "string");
  if (own !== undefined) return `${asString(item.type)} ${asString(own)}`;
  const ids = asObjects(item.content)
    .map((block) => block.id ?? block.tool_use_id)
    .filter((id) => typeof id === "string");
  return ids.length === 0 ? undefined : `${asString(item.role)} ${ids.join(" ")}`;
}
