import { asObject, asObjects, asText, type Json } from "../../../../task-records/json-fields.ts";
import { asString } from "../../../as-string.ts";
import { inlinePicture } from "../../../pictures/picture-of-base64.ts";
import { callOf, isScreenTool, toolAction } from "../describe-action.ts";
import type { LogEvent, LogPicture } from "../log-event.ts";
import { userEvents } from "../user-events.ts";
import type { VendorFormat } from "../vendor-format.ts";
import { argumentsOf } from "./openai.ts";

/**
 * Messages of chat completions whose pictures are `image_url` parts: of a tool that shows a screen, or of the user, who
 * sends what the screen shows after each of the model's answers. Agno keeps its messages so, with pictures in `images`.
 */
export const chat: VendorFormat = {
  tool: "Chat completions",
  knows: ({ role, tool_calls: calls }) =>
    role === "assistant" && asObjects(calls).some((call) => isScreenTool(asObject(call.function)?.name)),
  events: (items) => items.flatMap(eventsOf),
  warning: () => "pictures in the messages of the user and of the tools were taken for screenshots of the whole screen",
};

function eventsOf(item: Json): LogEvent[] {
  const parts = typeof item.content === "string" ? [{ text: item.content }] : asObjects(item.content);
  const text = parts
    .map((part) => asText(part.text) ?? "")
    .join(" ")
    .trim();
  switch (item.role) {
    case "assistant":
      return [...(text ? [{ type: "text", text } as const] : []), ...asObjects(item.tool_calls).map(callEvent)];
    case "tool": {
      const id = asText(item.tool_call_id);
      const [picture] = [...picturesOf(parts), ...imagesOf(item)];
      return [{ type: "result", ...(id && { id }), ...(picture && { picture }) }];
    }
    case "user":
      return userEvents(text, [...picturesOf(parts), ...imagesOf(item)]);
    default:
      return [];
  }
}

function callEvent(call: Json): LogEvent {
  const name = asString(asObject(call.function)?.name);
  const id = asString(call.id);
  return callOf(id, toolAction(name, argumentsOf(asObject(call.function)?.arguments)));
}

function picturesOf(parts: readonly Json[]): LogPicture[] {
  return parts.flatMap((part): LogPicture[] => {
    if (part.type !== "image_url") return [];
    const url = asText(part.image_url) ?? asText(asObject(part.image_url)?.url);
    const inline = inlinePicture(url);
    if (inline) return [inline];
    return url === undefined ? [] : [{ reference: url }];
  });
}

/** Pictures of Agno beside the text: bytes in base64, a path or an address. */
function imagesOf(item: Json): LogPicture[] {
  return asObjects(item.images).flatMap(({ content, filepath, url }): LogPicture[] => {
    const inline = inlinePicture(content);
    if (inline) return [inline];
    const reference = asText(filepath) ?? asText(url);
    return reference === undefined ? [] : [{ reference }];
  });
}
