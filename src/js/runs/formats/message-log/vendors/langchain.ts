import { asObject, asObjects, asText, type Json, withoutUndefined } from "../../../../task-records/json-fields.ts";
import { asString } from "../../../as-string.ts";
import { inlinePicture } from "../../../pictures/picture-of-base64.ts";
import { callOf, describeAction, isScreenTool, toolAction } from "../describe-action.ts";
import type { LogEvent, LogPicture, LogResult } from "../log-event.ts";
import { userEvents } from "../user-events.ts";
import type { VendorFormat } from "../vendor-format.ts";

/**
 * Messages of LangChain and LangGraph, as `model_dump`, `messages_to_dict` and `dumpd` write them: `human`, `ai` with
 * `tool_calls`, `tool` with pictures in several forms. langgraph-cua keeps OpenAI's computer calls in `additional_kwargs`.
 */
export const langchain: VendorFormat = {
  tool: "LangChain",
  knows: (item) => {
    const message = plain(item);
    return message !== undefined && callsOf(message).length > 0;
  },
  events: (items) => items.flatMap((item) => eventsOf(plain(item) ?? {})),
  warning: () => "pictures in the messages of the user and of the tools were taken for screenshots of the whole screen",
};

const ROLES: { readonly [type: string]: string } = {
  human: "human",
  HumanMessage: "human",
  ai: "ai",
  AIMessage: "ai",
  AIMessageChunk: "ai",
  tool: "tool",
  ToolMessage: "tool",
};

/** The fields of a message, whichever way it was written, with `type` as one of `ROLES`; nothing for other messages. */
function plain(item: Json): Json | undefined {
  const path = item.lc === 1 && Array.isArray(item.id) ? asText(item.id.at(-1)) : undefined;
  const fields = (path === undefined ? asObject(item.data) : asObject(item.kwargs)) ?? item;
  const type = path ?? asText(item.type);
  if (type === undefined || item.role !== undefined || !Object.hasOwn(ROLES, type)) return undefined;
  return { ...fields, type: ROLES[type] };
}

function eventsOf(message: Json): LogEvent[] {
  const parts = typeof message.content === "string" ? [{ text: message.content }] : asObjects(message.content);
  const text = parts
    .map((part) => asText(part.text) ?? "")
    .join(" ")
    .trim();
  const pictures = parts.flatMap((part) => pictureOf(part) ?? []);
  switch (message.type) {
    case "human":
      return userEvents(text, pictures);
    case "ai":
      return [...(text ? [{ type: "text", text } as const] : []), ...callsOf(message)];
    case "tool":
      return [
        withoutUndefined({
          type: "result" as const,
          id: asText(message.tool_call_id),
          picture: pictures.at(-1),
          error: message.status === "error" ? text : undefined,
        }) as LogResult,
      ];
    default:
      return [];
  }
}

/** The calls of a message; none where no tool of it shows a screen. */
function callsOf(message: Json): LogEvent[] {
  if (message.type !== "ai") return [];
  const calls = asObjects(message.tool_calls);
  if (calls.some(({ name }) => isScreenTool(name))) {
    return calls.map(({ id, name, args }) => callOf(asText(id), toolAction(asString(name), asObject(args) ?? {})));
  }
  const own = asObjects(asObject(message.additional_kwargs)?.tool_outputs).filter(
    ({ type }) => type === "computer_call",
  );
  return own.map(({ call_id: id, action }) => {
    const input = asObject(action) ?? {};
    return callOf(asText(id), describeAction(asText(input.type) ?? "act", input));
  });
}

/** A picture as OpenAI, Anthropic or LangChain itself write it. */
function pictureOf(part: Json): LogPicture | undefined {
  if (!/^(?:image_url|image|input_image|computer_screenshot)$/.test(asString(part.type))) return undefined;
  const source = part.image_url ?? part.source ?? part;
  const text = [source, asObject(source)?.url, asObject(source)?.data, asObject(source)?.base64].find(
    (value) => asText(value) !== undefined,
  );
  const inline = inlinePicture(text);
  if (inline) return inline;
  return text === undefined ? undefined : { reference: asString(text) };
}
