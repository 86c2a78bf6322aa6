import { asObject, asObjects, asText, type Json } from "../../../../task-records/json-fields.ts";
import { asTimestamp } from "../../../../task-records/timestamp.ts";
import { asString } from "../../../as-string.ts";
import { inlinePicture } from "../../../pictures/picture-of-base64.ts";
import { callOf, describeAction, isScreenTool, toolAction } from "../describe-action.ts";
import type { LogAction, LogEvent, LogPicture } from "../log-event.ts";
import type { VendorFormat } from "../vendor-format.ts";

/**
 * Items of OpenAI's Responses API, as they are sent, answered, and kept by the sessions of the Agents SDK: in Python with
 * `call_id` and `image_url`, in JavaScript with `callId` and `data`. Pictures are from after the call. Reasoning is left
 * out.
 */
export const openai: VendorFormat = {
  tool: "OpenAI computer use",
  knows: (item) => isComputerUse(unwrap(item)),
  events: (items) => items.flatMap((item) => eventsOf(unwrap(item))),
};

/** Run items of the Agents SDK hold the item of the API. */
const unwrap = (item: Json): Json => asObject(item.raw_item) ?? asObject(item.rawItem) ?? item;

const isComputerUse = ({ type, name, call_id: id, callId = id }: Json) =>
  /^computer_call(?:_output|_result)?$/.test(asString(type)) ||
  (type === "function_call" && callId !== undefined && isScreenTool(name));

function eventsOf(item: Json): LogEvent[] {
  const id = asText(item.call_id) ?? asText(item.callId);
  switch (item.type ?? item.role) {
    case "message":
    case "user":
    case "assistant":
      return messageEvents(item);
    case "computer_call": {
      const actions = Array.isArray(item.actions) ? asObjects(item.actions) : asObjects([item.action]);
      return [{ type: "call", ...(id && { id }), actions: actions.map(actionOf) }];
    }
    case "function_call": {
      const name = asString(item.name);
      return [callOf(id, toolAction(name, argumentsOf(item.arguments)))];
    }
    case "computer_call_output":
    case "computer_call_result":
    case "function_call_output":
    case "function_call_result":
      return [resultOf(item, id)];
    default:
      return [];
  }
}

function messageEvents({ role, content }: Json): LogEvent[] {
  const parts = typeof content === "string" ? [{ text: content }] : asObjects(content);
  const text = parts
    .map((part) => asText(part.text) ?? "")
    .join(" ")
    .trim();
  if (role === "assistant") return text ? [{ type: "text", text }] : [];
  if (role !== "user") return []; // system, developer
  const pictures = parts.map(partPicture).filter((picture) => picture !== undefined);
  return [
    ...(text ? [{ type: "task", text } as const] : []),
    ...pictures.map((picture) => ({ type: "result", picture }) as const),
  ];
}

function actionOf(action: Json): LogAction {
  return describeAction(asText(action.type) ?? "act", action);
}

function resultOf(item: Json, id: string | undefined): LogEvent {
  const output = asObject(item.output) ?? {};
  const picture = pictureIn(item.output);
  const url = asText(output.current_url) ?? asText(item.current_url);
  const timestampMs = asTimestamp(item.timestamp);
  const isFailed = item.status === "failed" || item.is_error === true;
  return {
    type: "result",
    ...(id && { id }),
    ...(picture && { picture }),
    ...(url && { url }),
    ...(timestampMs !== undefined && { timestampMs }),
    ...(isFailed && { error: asText(item.output) ?? "" }),
  };
}

/** The picture in an output: of the computer tool, or in a list of parts, which older versions write as JSON text. */
function pictureIn(output: unknown): LogPicture | undefined {
  if (typeof output === "string") {
    const text = output.trimStart();
    if (!/^[[{]/.test(text) || !/"(?:image|input_image)"/.test(text.slice(0, 2000))) return undefined;
    return pictureIn(argumentsOf(output));
  }
  const parts = Array.isArray(output) ? asObjects(output) : asObjects([output]);
  return parts.map(partPicture).find((picture) => picture !== undefined);
}

function partPicture(part: Json): LogPicture | undefined {
  if (!/^(?:computer_screenshot|input_image|image)$/.test(asString(part.type))) return undefined;
  const source = part.image_url ?? part.imageUrl ?? part.image ?? part.data;
  const text = asText(source) ?? asText(asObject(source)?.url) ?? asText(asObject(source)?.data);
  const inline = inlinePicture(text);
  if (inline) return inline;
  const reference = text ?? asText(part.file_id) ?? asText(part.fileId) ?? asText(asObject(source)?.id);
  return reference === undefined ? undefined : { reference };
}

/** Arguments of a call, which the API writes as JSON text. */
export function argumentsOf(value: unknown): Json {
  if (typeof value !== "string") return asObject(value) ?? {};
  try {
    const parsed: unknown = JSON.parse(value);
    return (Array.isArray(parsed) ? parsed : (asObject(parsed) ?? {})) as Json;
  } catch {
    return {};
  }
}
