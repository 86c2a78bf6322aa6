import { asObject, asObjects, asText, type Json, withoutUndefined } from "../../../../task-records/json-fields.ts";
import { asTimestamp } from "../../../../task-records/timestamp.ts";
import { asString } from "../../../as-string.ts";
import { inlinePicture } from "../../../pictures/picture-of-base64.ts";
import type { Run } from "../../../run.ts";
import { callOf, isScreenTool, toolAction } from "../describe-action.ts";
import type { LogEvent, LogPicture, LogResult } from "../log-event.ts";
import { userEvents } from "../user-events.ts";
import type { VendorFormat } from "../vendor-format.ts";

/** Messages of Inspect, the framework for evaluations: the function of a call is its name, and its arguments are an object. */
export const inspect: VendorFormat = {
  tool: "Inspect",
  knows: ({ role, tool_calls: calls }) =>
    role === "assistant" && asObjects(calls).some((call) => isScreenTool(call.function)),
  events: (items) => items.flatMap(eventsOf),
  warning: (items) => {
    const calls = items.flatMap((item) => asObjects(item.tool_calls));
    const others = new Set(
      calls.map((call) => call.function).filter((name) => name !== "computer" && isScreenTool(name)),
    );
    if (others.size === 0) return undefined;
    return `the pictures of ${[...others].slice(0, 3).join(", ")} were taken for screenshots of the whole screen`;
  },
};

/** A sample of an evaluation: its messages, and what the log says of it. */
export type InspectSample = { items: Json[]; facts: Partial<Run> };

/**
 * The samples of a log of Inspect, which is an object around them, or of a file with one sample, as its zip archives have
 * them; `undefined` for other JSON. Pictures stand apart from the messages, under their hashes.
 */
export function inspectSamples(value: unknown): InspectSample[] | undefined {
  const log = asObject(value);
  if (!log) return undefined;
  if (isSample(log)) return [sampleOf(log, undefined)];
  const version = asText(asObject(asObject(log.eval)?.packages)?.inspect_ai);
  if (asObject(log.eval) === undefined || !asObjects(log.samples).some(isSample)) return undefined;
  return asObjects(log.samples).map((sample) => sampleOf(sample, version));
}

const isSample = ({ epoch, messages, target, attachments }: Json) =>
  typeof epoch === "number" && Array.isArray(messages) && target !== undefined && asObject(attachments) !== undefined;

function sampleOf(sample: Json, version: string | undefined): InspectSample {
  const attachments = asObject(sample.attachments) ?? {};
  const error = asText(asObject(sample.error)?.message);
  const facts = {
    id: asText(sample.uuid),
    status: error === undefined ? undefined : ("failed" as const),
    error,
    startedAtMs: asTimestamp(sample.started_at),
    endedAtMs: asTimestamp(sample.completed_at),
    tool: version === undefined ? undefined : { name: inspect.tool, version },
  };
  return {
    items: asObjects(sample.messages).map((item) => attached(item, attachments)),
    facts: withoutUndefined(facts),
  };
}

const ATTACHMENT = "attachment://";

/** A message with its attachments in their places. */
function attached(item: Json, attachments: Json): Json {
  const restored = (value: unknown) =>
    typeof value === "string" && value.startsWith(ATTACHMENT)
      ? (attachments[value.slice(ATTACHMENT.length)] ?? value)
      : value;
  if (!Array.isArray(item.content)) return { ...item, content: restored(item.content) };
  const content = asObjects(item.content).map((part) => ({
    ...part,
    ...("text" in part && { text: restored(part.text) }),
    ...("image" in part && { image: restored(part.image) }),
  }));
  return { ...item, content };
}

function eventsOf(item: Json): LogEvent[] {
  const parts = typeof item.content === "string" ? [{ type: "text", text: item.content }] : asObjects(item.content);
  const text = parts.flatMap((part) => (part.type === "text" ? (asText(part.text) ?? []) : [])).join(" ");
  const pictures = parts.flatMap((part) => pictureOf(part) ?? []);
  switch (item.role) {
    case "assistant":
      return [
        ...(text ? [{ type: "text", text } as const] : []),
        ...asObjects(item.tool_calls).map((call) =>
          callOf(asText(call.id), toolAction(asString(call.function), asObject(call.arguments) ?? {})),
        ),
      ];
    case "tool":
      return [resultOf(item, pictures.at(-1))];
    case "user":
      return userEvents(text, pictures);
    default:
      return [];
  }
}

function resultOf(item: Json, picture: LogPicture | undefined): LogResult {
  const error = asObject(item.error);
  return withoutUndefined({
    type: "result" as const,
    id: asText(item.tool_call_id),
    picture,
    error: error && (asText(error.message) ?? ""),
  }) as LogResult;
}

function pictureOf({ type, image }: Json): LogPicture | undefined {
  if (type !== "image") return undefined;
  const inline = inlinePicture(image);
  if (inline) return inline;
  const reference = asText(image);
  return reference === undefined ? undefined : { reference };
}
