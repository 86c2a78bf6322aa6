import { asObject, asObjects, asText, type Json, withoutUndefined } from "../../../../task-records/json-fields.ts";
import { asTimestamp } from "../../../../task-records/timestamp.ts";
import { isAction } from "../../../action-words.ts";
import { asString } from "../../../as-string.ts";
import { inlinePicture } from "../../../pictures/picture-of-base64.ts";
import { describeAction } from "../describe-action.ts";
import type { LogCall, LogEvent, LogPicture, LogResult } from "../log-event.ts";
import type { VendorFormat } from "../vendor-format.ts";

/**
 * Contents of Gemini's computer use, and steps of its Interactions API. Python writes names with underscores inside those
 * without, and base64 in the alphabet for URLs. ADK puts pictures into `response.image`. Coordinates are thousandths of the
 * picture. Thoughts are left out.
 */
export const gemini: VendorFormat = {
  tool: "Gemini computer use",
  knows: (item) => partsOf(item).some(isComputerUse),
  events: (items) => {
    const nameless: LogCall[] = [];
    return items.flatMap((item) => contentEvents(item, nameless));
  },
};

/** Its coordinates. */
const PER = 1000;
/** Its actions, where others' tools have other names. */
const OWN = new Set(
  "open_web_browser click_at type_text_at hover_at key_combination scroll_document scroll_at drag_and_drop wait_5_seconds".split(
    " ",
  ),
);

/** A field by its name with underscores, or without. */
function field(object: Json | undefined, name: string): unknown {
  return object?.[name] ?? object?.[name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())];
}

/** The parts of a content; a step of an interaction is one itself. */
function partsOf(item: Json): Json[] {
  const content = asObject(item.content) ?? item;
  if (Array.isArray(content.parts)) return asObjects(content.parts);
  if (item.type === "function_call" || item.type === "function_result") return [item];
  return asObjects(item.content);
}

function isComputerUse(part: Json): boolean {
  const call = callOf(part) ?? answerOf(part);
  return call !== undefined && OWN.has(asString(call.name));
}

const callOf = (part: Json) =>
  asObject(field(part, "function_call")) ??
  (part.type === "function_call" && part.call_id === undefined ? part : undefined);
const answerOf = (part: Json) =>
  asObject(field(part, "function_response")) ?? (part.type === "function_result" ? part : undefined);

function contentEvents(item: Json, open: LogCall[]): LogEvent[] {
  const role = asText(item.role) ?? asText(asObject(item.content)?.role);
  const isUser = role === "user" || item.type === "user_input";
  const isModel = role === "model" || item.type === "model_output";
  return partsOf(item).flatMap((part): LogEvent[] => {
    const call = callOf(part);
    if (call) return [callEvent(call, open)];
    const answer = answerOf(part);
    if (answer) return [resultEvent(answer, open, asTimestamp(item.timestamp))];
    const text = part.thought === true || part.type === "thought" ? undefined : asText(part.text);
    if (text) return isModel ? [{ type: "text", text }] : isUser ? [{ type: "task", text }] : [];
    const picture = isModel ? undefined : pictureOf(part);
    return picture ? [{ type: "result", picture }] : [];
  });
}

/** Calls without an id are answered in their order. */
function callEvent(call: Json, open: LogCall[]): LogCall {
  const name = asString(call.name);
  const input = asObject(call.args) ?? asObject(call.arguments) ?? {};
  const id = asText(call.id) ?? `${name} ${open.length}`;
  const event: LogCall = isAction(name)
    ? { type: "call", id, actions: [describeAction(name, input, PER)] }
    : { type: "call", id, actions: [], isOther: true };
  open.push(event);
  return event;
}

function resultEvent(answer: Json, open: LogCall[], timestampMs: number | undefined): LogResult {
  const own = asText(answer.id) ?? asText(field(answer, "call_id"));
  const index = own === undefined ? 0 : open.findIndex(({ id }) => id === own);
  const [call] = index < 0 ? [] : open.splice(index, 1);
  const response = asObject(answer.response) ?? asObject(answer.result) ?? {};
  const parts = [
    ...asObjects(answer.parts),
    ...asObjects(answer.result),
    ...asObjects(asObject(answer.response)?.parts),
  ];
  const error = asText(response.error) ?? (answer.is_error === true ? (asText(answer.result) ?? "") : undefined);
  return withoutUndefined({
    type: "result" as const,
    id: own ?? call?.id,
    picture:
      parts.map(pictureOf).findLast((picture) => picture !== undefined) ??
      inlinePicture(asObject(response.image)?.data),
    url: asText(response.url) ?? parts.map(({ text }) => urlIn(text)).find((url) => url !== undefined),
    error,
    timestampMs,
  }) as LogResult;
}

/** `{ inline_data: { data } }`, or an image of the Interactions API. */
function pictureOf(part: Json): LogPicture | undefined {
  const inline = inlinePicture(
    asObject(field(part, "inline_data"))?.data ?? (part.type === "image" ? part.data : undefined),
  );
  if (inline) return inline;
  const file = asObject(field(part, "file_data"));
  const reference = asText(field(file, "file_uri")) ?? (part.type === "image" ? asText(part.uri) : undefined);
  return reference === undefined ? undefined : { reference };
}

/** Results of the Interactions API have the address in a text of JSON. */
function urlIn(text: unknown): string | undefined {
  return typeof text === "string" ? /"url"\s*:\s*"([^"\\]+)"/.exec(text.slice(0, 5000))?.[1] : undefined;
}
