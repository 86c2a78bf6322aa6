import { asObject, asObjects, asText, type Json, withoutUndefined } from "../../../../task-records/json-fields.ts";
import { asString } from "../../../as-string.ts";
import { inlinePicture } from "../../../pictures/picture-of-base64.ts";
import { callOf, isScreenTool, toolAction } from "../describe-action.ts";
import type { LogEvent, LogPicture, LogResult } from "../log-event.ts";
import type { VendorFormat } from "../vendor-format.ts";

/**
 * Messages of the Vercel AI SDK, versions 4 to 7: those of the model, with `tool-call` and `tool-result` parts, and those of
 * its user interface, whose parts `tool-<name>` hold a call and what came of it.
 */
export const aiSdk: VendorFormat = {
  tool: "AI SDK",
  knows: (item) => partsOf(item).some((part) => isScreenTool(toolOf(part))),
  events: (items) => items.flatMap((item) => partsOf(item).flatMap((part) => eventsOf(part, roleOf(item)))),
  warning: () => "pictures in the messages of the user and of the tools were taken for screenshots of the whole screen",
};

/** Returns the role of a message; the steps of `generateText` have none and are the model's. */
const roleOf = ({ role, finishReason }: Json) => asText(role) ?? (finishReason === undefined ? "" : "assistant");

/** Levels of a tool's own output in which a picture is looked for. */
const DEEPEST = 4;

/** The parts of a message; version 4 has calls of its user interface within `toolInvocation`. */
function partsOf({ content, parts }: Json): Json[] {
  if (typeof content === "string" && !Array.isArray(parts)) return [{ type: "text", text: content }];
  const list = asObjects(Array.isArray(parts) ? parts : content);
  return list.map((part) => {
    const own = part.type === "tool-invocation" ? asObject(part.toolInvocation) : undefined;
    return own ? { ...own, type: "dynamic-tool" } : part;
  });
}

/** The name of the tool that a part is a call of. */
function toolOf({ type, toolName, toolCallId }: Json): string | undefined {
  if (asText(toolCallId) === undefined) return undefined;
  return asText(toolName) ?? /^tool-(.+)$/.exec(asString(type))?.[1];
}

function eventsOf(part: Json, role: string): LogEvent[] {
  const tool = toolOf(part);
  if (tool !== undefined) {
    const isResult = part.type === "tool-result" || part.type === "tool-error";
    const isCall = part.type === "tool-call";
    const isOver = part.output !== undefined || part.result !== undefined || part.errorText !== undefined;
    return [
      ...(isResult ? [] : [callOf(asText(part.toolCallId), toolAction(tool, asObject(part.input ?? part.args) ?? {}))]),
      ...(isResult || (!isCall && isOver) ? [resultOf(part)] : []),
    ];
  }
  const text = part.type === "text" ? asText(part.text)?.trim() : undefined;
  if (text) return role === "assistant" ? [{ type: "text", text }] : role === "user" ? [{ type: "task", text }] : [];
  const picture = role === "user" ? pictureIn(part) : undefined;
  return picture ? [{ type: "result", picture }] : [];
}

function resultOf(part: Json): LogResult {
  const output = part.output ?? part.result;
  const isError =
    part.isError === true || part.type === "tool-error" || /^error-/.test(asString(asObject(output)?.type));
  const told =
    asText(part.errorText) ?? (isError ? (asText(asObject(output)?.value) ?? asText(part.error) ?? "") : undefined);
  return withoutUndefined({
    type: "result" as const,
    id: asText(part.toolCallId),
    picture: pictureIn(part.experimental_content) ?? pictureIn(output),
    error: told,
  }) as LogResult;
}

/** The last picture in what a tool gave: parts of several names, or an object of its own. */
function pictureIn(value: unknown, depth = 0): LogPicture | undefined {
  if (depth > DEEPEST) return undefined;
  if (Array.isArray(value)) {
    return value.reduceRight((found: LogPicture | undefined, each) => found ?? pictureIn(each, depth + 1), undefined);
  }
  if (typeof value === "string") return value.startsWith("data:image/") ? inlinePicture(value) : undefined;
  const object = asObject(value);
  if (!object) return undefined;
  const type = asString(object.mediaType ?? object.mimeType ?? object.type);
  // Version 7 puts the bytes or the address of a file into an object of its own.
  const { data: bytes, url } = asObject(object.data) ?? {};
  const data = bytes ?? url ?? object.data ?? object.image ?? object.base64 ?? object.url;
  const inline = /^image\b/.test(type) ? inlinePicture(data) : undefined;
  return inline ?? pictureIn(Object.values(object), depth + 1);
}
