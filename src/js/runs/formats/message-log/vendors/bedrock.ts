import { asObject, asObjects, asText, type Json, withoutUndefined } from "../../../../task-records/json-fields.ts";
import { asTimestamp } from "../../../../task-records/timestamp.ts";
import { asString } from "../../../as-string.ts";
import { inlinePicture } from "../../../pictures/picture-of-base64.ts";
import { callOf, isScreenTool, toolAction } from "../describe-action.ts";
import type { LogEvent, LogPicture, LogResult } from "../log-event.ts";
import type { VendorFormat } from "../vendor-format.ts";

/**
 * Messages of Amazon Bedrock's Converse API, which Strands Agents keeps in its sessions: blocks without a type, told apart by
 * their only field (`text`, `toolUse`, `toolResult`). Thoughts are left out.
 */
export const bedrock: VendorFormat = {
  tool: "Bedrock Converse",
  knows: (item) => asObjects(item.content).some(({ toolUse }) => isScreenTool(asObject(toolUse)?.name)),
  events: (items) => items.flatMap(eventsOf),
  warning: () => "the pictures that tools gave were taken for screenshots of the whole screen",
};

function eventsOf({ role, content, timestamp }: Json): LogEvent[] {
  const timestampMs = asTimestamp(timestamp);
  return asObjects(content).flatMap((block): LogEvent[] => {
    const text = asText(block.text);
    if (text) return [role === "assistant" ? { type: "text", text } : { type: "task", text }];
    const call = asObject(block.toolUse);
    if (call) return [callOf(asText(call.toolUseId), toolAction(asString(call.name), asObject(call.input) ?? {}))];
    const result = asObject(block.toolResult);
    if (result) return [resultOf(result, timestampMs)];
    const picture = pictureOf(block);
    return picture ? [{ type: "result", picture }] : [];
  });
}

function resultOf({ toolUseId, status, content }: Json, timestampMs: number | undefined): LogResult {
  const parts = asObjects(content);
  const text = parts.flatMap((part) => asText(part.text) ?? []).join(" ");
  return withoutUndefined({
    type: "result" as const,
    id: asText(toolUseId),
    picture: parts.map(pictureOf).findLast((picture) => picture !== undefined),
    error: status === "error" ? text : undefined,
    isEmpty: parts.length === 0 || undefined,
    timestampMs,
  }) as LogResult;
}

/** `{ image: { source: { bytes } } }`: base64, or an object around it, as Strands Agents writes bytes. */
function pictureOf({ image }: Json): LogPicture | undefined {
  const source = asObject(asObject(image)?.source);
  const inline = inlinePicture(asObject(source?.bytes)?.data ?? source?.bytes);
  if (inline) return inline;
  const reference = asText(asObject(source?.s3Location)?.uri);
  return reference === undefined ? undefined : { reference };
}
