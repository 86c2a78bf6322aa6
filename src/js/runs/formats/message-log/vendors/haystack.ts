import { asObject, asObjects, asText, type Json, withoutUndefined } from "../../../../task-records/json-fields.ts";
import { asString } from "../../../as-string.ts";
import { inlinePicture } from "../../../pictures/picture-of-base64.ts";
import { callOf, isScreenTool, toolAction } from "../describe-action.ts";
import type { LogEvent, LogPicture, LogResult } from "../log-event.ts";
import type { VendorFormat } from "../vendor-format.ts";

/** Messages of Haystack (`ChatMessage.to_dict`): blocks told apart by their only field, such as `tool_call_result`. */
export const haystack: VendorFormat = {
  tool: "Haystack",
  knows: (item) => asObjects(item.content).some(({ tool_call: call }) => isScreenTool(asObject(call)?.tool_name)),
  events: (items) => items.flatMap(eventsOf),
  warning: () => "the pictures that tools gave were taken for screenshots of the whole screen",
};

function eventsOf({ role, content }: Json): LogEvent[] {
  return asObjects(content).flatMap((block): LogEvent[] => {
    const text = asText(block.text);
    if (text) return role === "assistant" ? [{ type: "text", text }] : role === "user" ? [{ type: "task", text }] : [];
    const call = asObject(block.tool_call);
    if (call) return [callOf(asText(call.id), toolAction(asString(call.tool_name), asObject(call.arguments) ?? {}))];
    const result = asObject(block.tool_call_result);
    if (result) return [resultOf(result)];
    const picture = pictureOf(block);
    return picture ? [{ type: "result", picture }] : [];
  });
}

function resultOf({ result, origin, error }: Json): LogResult {
  const parts = asObjects(result);
  const text = asText(result) ?? parts.flatMap((part) => asText(part.text) ?? []).join(" ");
  return withoutUndefined({
    type: "result" as const,
    id: asText(asObject(origin)?.id),
    picture: parts.map(pictureOf).findLast((picture) => picture !== undefined),
    error: error === true ? text : undefined,
  }) as LogResult;
}

const pictureOf = ({ image }: Json): LogPicture | undefined => inlinePicture(asObject(image)?.base64_image);
