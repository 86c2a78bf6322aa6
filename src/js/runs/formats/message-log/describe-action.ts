import { asNumber, asObject, asText, type Json } from "../../../task-records/json-fields.ts";
import { actionWords, isAction, sentenceOf } from "../../action-words.ts";
import { asString } from "../../as-string.ts";
import { urlWithoutSecrets } from "../../url-without-secrets.ts";
import type { LogAction, LogCall, LogPoint } from "./log-event.ts";

/** Names of actions that change nothing. */
const LOOKS = new Set(
  "screenshot cursor_position list_tabs read_page get_page_text read_console read_network find snapshot take_snapshot".split(
    " ",
  ),
);
const KEY_NAMES: { readonly [key: string]: string } = { return: "Enter", enter: "Enter", esc: "Escape", ctrl: "Ctrl" };

/** Describes an action by its name and arguments, whose names are mostly the same for all vendors. `per`: unit of its points. */
export function describeAction(name: string, input: Json, per?: number): LogAction {
  const words = actionWords(name);
  const points = pointsOf(input, per);
  const action: LogAction = { words, ...(points.length > 0 && { points }) };
  if (name === "zoom") return { words, kind: "cut-out" };
  if (LOOKS.has(name)) return { words, kind: "look" };
  switch (words) {
    case "Press":
    case "Hold":
      return { ...action, ...keys(words, input) };
    case "Scroll":
      return { words: `Scroll ${direction(input)}`.trim() };
    case "Open": {
      const url = asText(input.url);
      return { words: url ? `Open ${urlWithoutSecrets(url)}` : "Open a page" };
    }
    case "Type":
    case "Fill in a field": {
      const typed = asText(input.text) ?? asText(input.content) ?? asText(input.value);
      return { ...action, ...(typed && { typed }) };
    }
    case "Move the pointer":
    case "Hover":
      return { words };
    default:
      return action;
  }
}

/** Whether the pictures of a tool are screenshots, by the name of the tool, such as a tool of an MCP server. */
export function isScreenTool(name: unknown): boolean {
  return (
    typeof name === "string" &&
    /screenshot|screen_?capture|browser|computer|playwright|puppeteer|chrome|selenium/i.test(name)
  );
}

/** Creates the event of a call. Without an action, its tool does not show the screen. */
export function callOf(id: string | undefined, action: LogAction | undefined): LogCall {
  return {
    type: "call",
    ...(id !== undefined && { id }),
    actions: action ? [action] : [],
    ...(!action && { isOther: true }),
  };
}

/** Returns the action of a tool on the screen: a click for `mcp__playwright__browser_click`; `undefined` for other kinds of tools. */
export function toolAction(name: string, input: Json): LogAction | undefined {
  return isScreenTool(name) || isAction(name) ? describeTool(name, input) : undefined;
}

/** Arguments that restrict a screenshot to an element. */
const OF_ELEMENT = ["uid", "ref", "selector", "element", "target"];

function describeTool(name: string, input: Json): LogAction {
  const bare = name.replace(/^mcp__.*?__/, "").replace(/^(?:browser|computer|puppeteer|playwright|page)_/, "");
  const own = bare === "computer" || bare === "browser" ? (asText(input.action) ?? asText(input.type)) : undefined;
  const isShot = /screenshot|screen_?capture/i.test(bare);
  if (isShot && OF_ELEMENT.some((field) => asText(input[field])))
    return { words: "Take a screenshot", kind: "cut-out" };
  const action = describeAction(own ?? (isShot ? "screenshot" : bare), input);
  const element = asText(input.element);
  return element ? { ...action, words: `${action.words} '${element}'` } : action;
}

/** Returns names of keys, without single letters, which may be typed text. */
function keys(words: string, input: Json): LogAction {
  const { keys: list = input.text ?? input.key ?? input.hotkey } = input;
  const names = (Array.isArray(list) ? list : asString(list ?? "").split(/[+\s]+/)).map(asString).filter(Boolean);
  const text = names.map((name) => KEY_NAMES[name.toLowerCase()] ?? sentenceOf(name)).join("+");
  if (text === "") return { words: `${words} a key` };
  return [...text].length === 1 ? { words: `${words} a key`, typed: text } : { words: `${words} ${text}` };
}

function direction(input: Json): string {
  const named = asText(input.scroll_direction) ?? asText(input.direction);
  if (named) return named.toLowerCase();
  const [x, y] = [asNumber(input.scroll_x) ?? 0, asNumber(input.scroll_y) ?? 0];
  if (y !== 0) return y > 0 ? "down" : "up";
  return x === 0 ? "" : x > 0 ? "right" : "left";
}

function pointsOf(input: Json, per?: number): LogPoint[] {
  const path = Array.isArray(input.path) ? input.path.map((at) => point(at, per)) : [];
  const start = point(input.start_coordinate ?? input.from ?? input.from_, per);
  const at = point(input.coordinate ?? input.target ?? input, per);
  const end = point({ x: input.destination_x, y: input.destination_y }, per);
  const points = path.length > 0 ? path : [start, at, end];
  return points.filter((each) => each !== undefined);
}

/** Parses `[x, y]` or `{ x, y }`. */
function point(value: unknown, per?: number): LogPoint | undefined {
  const { x, y } = Array.isArray(value) ? { x: value[0], y: value[1] } : (asObject(value) ?? {});
  if (asNumber(x) === undefined || asNumber(y) === undefined) return undefined;
  return { x, y, ...(per && { per }) } as LogPoint;
}

/** Joins several actions to one caption; with typed text only if `showsTyped`. */
export function captionOf(actions: readonly LogAction[], showsTyped: boolean): string | undefined {
  const parts = actions.map(({ words, typed }) => (showsTyped && typed ? `${words} "${typed}"` : words));
  const apart = parts.filter((part, i) => part !== parts[i - 1]);
  const text = apart.map((part, i) => (i === 0 ? part : part.charAt(0).toLowerCase() + part.slice(1))).join(", ");
  return text === "" ? undefined : text;
}
