import { asObject, asObjects, asText, type Json, withoutUndefined } from "../../../../task-records/json-fields.ts";
import { asString } from "../../../as-string.ts";
import { inlinePicture } from "../../../pictures/picture-of-base64.ts";
import { callOf, isScreenTool, toolAction } from "../describe-action.ts";
import type { LogCall, LogEvent, LogPicture, LogResult } from "../log-event.ts";
import { userEvents } from "../user-events.ts";
import type { VendorFormat } from "../vendor-format.ts";
import { argumentsOf } from "./openai.ts";

/**
 * Messages of LlamaIndex (`ChatMessage.model_dump`), whose parts are `blocks`. Calls are blocks too, or stand in
 * `additional_kwargs` as the model's vendor writes them.
 */
export const llamaIndex: VendorFormat = {
  tool: "LlamaIndex",
  knows: (item) => callsOf(item).some(({ name }) => isScreenTool(name)),
  events: (items) => items.flatMap(eventsOf),
  warning: () => "the pictures that tools gave were taken for screenshots of the whole screen",
};

function eventsOf(item: Json): LogEvent[] {
  const blocks = asObjects(item.blocks);
  const text = blocks.flatMap((block) => (block.block_type === "text" ? (asText(block.text) ?? []) : [])).join(" ");
  const pictures = blocks.flatMap((block) => pictureOf(block) ?? []);
  switch (item.role) {
    case "assistant":
      return [...(text ? [{ type: "text", text } as const] : []), ...callsOf(item).map(callEvent)];
    case "tool":
      return [
        withoutUndefined({
          type: "result" as const,
          id: asText(asObject(item.additional_kwargs)?.tool_call_id),
          picture: pictures.at(-1),
        }) as LogResult,
      ];
    case "user":
      return userEvents(text, pictures);
    default:
      return [];
  }
}

type Call = { id: string | undefined; name: unknown; input: unknown };

/** The calls of a message; nothing for messages without blocks, which are not of LlamaIndex. */
function callsOf({ blocks, additional_kwargs: others }: Json): Call[] {
  if (!Array.isArray(blocks)) return [];
  const own = asObjects(blocks).filter(({ block_type: type }) => type === "tool_call");
  if (own.length > 0)
    return own.map((call) => ({ id: asText(call.tool_call_id), name: call.tool_name, input: call.tool_kwargs }));
  return asObjects(asObject(others)?.tool_calls).map((call) => {
    const called = asObject(call.function) ?? call;
    return { id: asText(call.id), name: called.name, input: called.arguments ?? called.input };
  });
}

const callEvent = ({ id, name, input }: Call): LogCall => callOf(id, toolAction(asString(name), argumentsOf(input)));

function pictureOf(block: Json): LogPicture | undefined {
  if (block.block_type !== "image") return undefined;
  const inline = inlinePicture(block.image);
  if (inline) return inline;
  const reference = asText(block.path) ?? asText(block.url);
  return reference === undefined ? undefined : { reference };
}
