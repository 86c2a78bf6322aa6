import { asObject, asObjects, asText, type Json, withoutUndefined } from "../../../../task-records/json-fields.ts";
import { asTimestamp } from "../../../../task-records/timestamp.ts";
import { asString } from "../../../as-string.ts";
import { inlinePicture } from "../../../pictures/picture-of-base64.ts";
import { callOf, isScreenTool, toolAction } from "../describe-action.ts";
import type { LogEvent, LogPicture, LogResult } from "../log-event.ts";
import { userEvents } from "../user-events.ts";
import type { VendorFormat } from "../vendor-format.ts";
import { argumentsOf } from "./openai.ts";

/**
 * Messages of Pydantic AI (`all_messages_json`): requests and responses, whose parts say what they are in `part_kind`. Before
 * version 2 the picture of a tool stands in a part of the user behind its result. Thoughts are left out.
 */
export const pydanticAi: VendorFormat = {
  tool: "Pydantic AI",
  knows: ({ parts }) => asObjects(parts).some((part) => part.part_kind === "tool-call" && isScreenTool(part.tool_name)),
  events: (items) => items.flatMap(({ parts }) => asObjects(parts).flatMap(eventsOf)),
  warning: () => "the pictures that tools gave were taken for screenshots of the whole screen",
};

function eventsOf(part: Json): LogEvent[] {
  const text = asText(part.content);
  switch (part.part_kind) {
    case "text":
      return text ? [{ type: "text", text }] : [];
    case "tool-call":
      return [callOf(asText(part.tool_call_id), toolAction(asString(part.tool_name), argumentsOf(part.args)))];
    case "tool-return":
      return [resultOf(part, part.outcome === "failed" ? (text ?? "") : undefined)];
    case "retry-prompt":
      return part.tool_call_id === undefined ? [] : [resultOf(part, text ?? "")];
    case "user-prompt": {
      const task = text ?? [part.content].flat().find((each) => asText(each) !== undefined);
      return userEvents(asText(task), picturesOf(part.content));
    }
    default:
      return [];
  }
}

function resultOf(part: Json, error: string | undefined): LogResult {
  return withoutUndefined({
    type: "result" as const,
    id: asText(part.tool_call_id),
    picture: picturesOf(part.content).at(-1),
    error,
    timestampMs: asTimestamp(part.timestamp),
  }) as LogResult;
}

/** Pictures as bytes or by their address, alone or in a list. */
function picturesOf(content: unknown): LogPicture[] {
  return [content].flat().flatMap((each): LogPicture[] => {
    const { kind, data, url } = asObject(each) ?? {};
    const inline = kind === "binary" ? inlinePicture(data) : undefined;
    if (inline) return [inline];
    const reference = kind === "image-url" ? asText(url) : undefined;
    return reference === undefined ? [] : [{ reference }];
  });
}
