import { asObject, asObjects, asText, type Json, withoutUndefined } from "../../../../task-records/json-fields.ts";
import { asTimestamp } from "../../../../task-records/timestamp.ts";
import { asString } from "../../../as-string.ts";
import { inlinePicture } from "../../../pictures/picture-of-base64.ts";
import { callOf, describeAction, isScreenTool, toolAction } from "../describe-action.ts";
import type { LogEvent, LogPicture, LogResult } from "../log-event.ts";
import { savedPicture } from "../saved-picture.ts";
import { userEvents } from "../user-events.ts";
import type { VendorFormat } from "../vendor-format.ts";

/**
 * Messages of Anthropic's API. In the old form the tool is called `computer` and its input has the `action`; in the one of
 * the toolsets the tool's name is the action, and pictures come from `screenshot` alone. Thinking is left out.
 */
export const anthropic: VendorFormat = {
  tool: "Anthropic computer use",
  knows: (item) => blocksOf(item).some(isComputerUse),
  events: (items) => {
    const calls = new Set<unknown>();
    return items.flatMap((item) => messageEvents(item, calls));
  },
  warning: (items) => {
    const names = new Set(
      items
        .flatMap(blocksOf)
        .filter(isOtherScreenTool)
        .map(({ name }) => asString(name)),
    );
    if (names.size === 0) return undefined;
    return `the pictures of ${[...names].slice(0, 3).join(", ")} were taken for screenshots of the whole screen`;
  },
};

const blocksOf = ({ content }: Json) => asObjects(content);
const TOOLSETS = ["browser", "computer"];

function isComputerUse(block: Json): boolean {
  if (block.type === "tool_use") return isOwnTool(block) || isOtherScreenTool(block);
  return block.type === "tool_result" && TOOLSETS.includes(asString(block.toolset_name));
}

const isOwnTool = ({ name, input, toolset_name: toolset }: Json) =>
  TOOLSETS.includes(asString(toolset)) || (name === "computer" && asText(asObject(input)?.action) !== undefined);

const isOtherScreenTool = (block: Json) => block.type === "tool_use" && !isOwnTool(block) && isScreenTool(block.name);

function messageEvents(message: Json, calls: Set<unknown>): LogEvent[] {
  const { role, content } = message;
  const timestampMs = asTimestamp(message.timestamp);
  if (role === "assistant") return assistantEvents(content, calls);
  if (role !== "user") return [];
  const blocks = typeof content === "string" ? [{ type: "text", text: content }] : asObjects(content);
  const results = blocks.filter(({ type }) => type === "tool_result");
  if (results.length === 0) {
    const text = blocks
      .map((block) => asText(block.text) ?? "")
      .join(" ")
      .trim();
    // A picture that the user sent along shows where the run begins.
    return userEvents(
      text,
      blocks.flatMap((block) => pictureOf(block) ?? []),
    );
  }
  const isKnown = results.some(({ tool_use_id: id }) => calls.has(id));
  return [...(isKnown ? [] : [{ type: "turn" } as const]), ...results.map((block) => resultOf(block, timestampMs))];
}

function assistantEvents(content: unknown, calls: Set<unknown>): LogEvent[] {
  if (typeof content === "string") return content.trim() ? [{ type: "text", text: content }] : [];
  return asObjects(content).flatMap((block): LogEvent[] => {
    const text = block.type === "text" ? asText(block.text) : undefined;
    if (text) return [{ type: "text", text }];
    if (block.type !== "tool_use") return [];
    calls.add(block.id);
    const input = asObject(block.input) ?? {};
    const name = asString(block.name);
    const id = asString(block.id);
    if (isOwnTool(block))
      return [
        { type: "call", id, actions: [describeAction(name === "computer" ? asString(input.action) : name, input)] },
      ];
    return [callOf(id, toolAction(name, input))];
  });
}

function resultOf(block: Json, timestampMs: number | undefined): LogResult {
  const parts = typeof block.content === "string" ? [{ type: "text", text: block.content }] : asObjects(block.content);
  const text = parts
    .map((part) => (part.type === "text" ? (asText(part.text) ?? "") : ""))
    .join(" ")
    .trim();
  return withoutUndefined({
    type: "result" as const,
    id: asText(block.tool_use_id),
    picture: parts.map(pictureOf).findLast((picture) => picture !== undefined) ?? savedPicture(text),
    error: block.is_error === true ? text : undefined,
    isEmpty: parts.length === 0 || undefined,
    url: parts.map(activeUrl).findLast((url) => url !== undefined),
    timestampMs,
  }) as LogResult;
}

function pictureOf(block: Json): LogPicture | undefined {
  if (block.type !== "image") return undefined;
  const source = asObject(block.source) ?? block; // an MCP result has `data` in the block itself
  const inline = inlinePicture(source.data);
  if (inline) return inline;
  const reference = asText(source.url) ?? asText(source.file_id);
  return reference === undefined ? undefined : { reference };
}

function activeUrl(part: Json): string | undefined {
  if (part.type !== "browser_state") return undefined;
  const tabs = asObjects(part.tabs);
  return asText((tabs.find(({ active }) => active === true) ?? (tabs.length === 1 ? tabs[0] : undefined))?.url);
}
