import { asObject, asObjects, asText, type Json } from "../../../task-records/json-fields.ts";
import { tryParseJson } from "../../../task-records/parse-json.ts";

/** The data of a report: groups of executions, and pictures. */
export type ReportData = { groups: ReportGroup[]; pictures: ReadonlyMap<string, string> };

/** A group: the executions of one agent or one test. */
export type ReportGroup = { name?: string; version?: string; attributes: Json; executions: Json[] };

const DUMP = '<script type="midscene_web_dump"';
const PICTURE = '<script type="midscene-image"';
const END = "</script>";
/** Attributes of a tag, and nothing of a program that has such a tag in one of its texts. */
const ATTRIBUTES = /^(?:\s+[\w-]+="[^"<>]*")*\s*$/;
/** Maximum length of a start tag, in characters. */
const LONGEST_TAG = 4096;

/**
 * Returns the data in a report. They are in script elements before or after the application, whose own code contains
 * the same tags as text: an element counts only if its content has the right form. Some versions write a dump for each
 * change of an execution: the last one counts.
 */
export function reportData(html: string): ReportData {
  const groups = new Map<string, ReportGroup & { byId: Map<string, Json> }>();
  for (const { attributes, content } of elements(html, DUMP)) {
    const dump = content.startsWith("{") ? asObject(tryParseJson(content)) : undefined;
    if (!dump || !Array.isArray(dump.executions)) continue;
    const key = asText(attributes["data-group-id"]) ?? asText(attributes.playwright_test_id) ?? `dump ${groups.size}`;
    const group = groups.get(key) ?? { attributes, executions: [], byId: new Map() };
    groups.set(key, group);
    addExecutions(group, dump);
  }
  const pictures = new Map<string, string>();
  for (const { attributes, content } of elements(html, PICTURE)) {
    const id = asText(attributes["data-id"]);
    if (id !== undefined && content.startsWith("data:")) pictures.set(id, content);
  }
  return {
    groups: [...groups.values()].map(({ byId, ...group }) => ({ ...group, executions: [...byId.values()] })),
    pictures,
  };
}

/** Returns the data of a dump, which Midscene writes beside or instead of a report; `undefined` for other JSON. */
export function dumpData(value: unknown): ReportData | undefined {
  const dump = asObject(value);
  const executions = asObjects(dump?.executions);
  if (
    !dump ||
    !("groupName" in dump || "sdkVersion" in dump) ||
    !executions.some(({ tasks }) => Array.isArray(tasks))
  ) {
    return undefined;
  }
  const group = { attributes: {}, executions: [], byId: new Map<string, Json>() };
  addExecutions(group, dump);
  const { byId, ...rest } = group;
  return { groups: [{ ...rest, executions: [...byId.values()] }], pictures: new Map() };
}

function addExecutions(group: ReportGroup & { byId: Map<string, Json> }, dump: Json): void {
  const executions = asObjects(dump.executions);
  const name = asText(dump.groupName);
  const version = asText(dump.sdkVersion) ?? asText(executions[0]?.sdkVersion);
  if (name !== undefined) group.name = unescapeAngleBrackets(name);
  if (version !== undefined) group.version = version;
  for (const execution of executions) group.byId.set(asText(execution.id) ?? `execution ${group.byId.size}`, execution);
}

function* elements(html: string, tag: string): Generator<{ attributes: Json; content: string }> {
  for (let at = html.indexOf(tag); at >= 0; at = html.indexOf(tag, at + tag.length)) {
    const start = at + tag.length;
    const close = html.slice(start, start + LONGEST_TAG).indexOf(">");
    const attributes = close < 0 ? "<" : html.slice(start, start + close);
    if (!ATTRIBUTES.test(attributes)) continue;
    const end = html.indexOf(END, start + close);
    if (end < 0) return;
    yield { attributes: attributesOf(attributes), content: html.slice(start + close + 1, end).trim() };
  }
}

function attributesOf(text: string): Json {
  const pairs = [...text.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name, value]) => [name!, decoded(value!)] as const);
  return Object.fromEntries(pairs);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Restores the angle brackets of a text. */
export function unescapeAngleBrackets(text: string): string {
  return text.replace(/__midscene_lt__/g, "<").replace(/__midscene_gt__/g, ">");
}
