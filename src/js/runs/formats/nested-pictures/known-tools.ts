import { asObject, asText, type Json } from "../../../task-records/json-fields.ts";

/** A tool whose elements are known, so that their pictures are frames for certain. */
export type KnownTool = {
  name: string;
  /** Whether this tool wrote an element with a picture. */
  wrote(item: Json): boolean;
  /** Returns the names of the actions of an element, if the tool writes them into fields of its own. */
  actions?(element: Json): string[];
};

/** Known tools, recognized by fields that only they write. */
const TOOLS: readonly KnownTool[] = [
  {
    name: "OpenHands",
    wrote: ({ observation, extras, kind }) =>
      (typeof observation === "string" && asObject(extras) !== undefined) || kind === "ObservationEvent",
    // OpenHands 0.x writes the calls as Python code, one per line: `click('12')`.
    actions: ({ args }) => callsIn(asObject(args)?.browser_actions),
  },
  {
    name: "Magnitude",
    wrote: ({ source, data }) => /^connector:/.test(asText(source) ?? "") && asObject(data)?.storage === "base64",
    actions: ({ source }) => /^action:taken:(.+)$/.exec(asText(source) ?? "")?.slice(1) ?? [],
  },
  {
    name: "Cline",
    wrote: ({ say, ts }) => say === "browser_action_result" && typeof ts === "number",
    actions: ({ say, text }) =>
      say === "browser_action" ? (/"action"\s*:\s*"(\w+)"/.exec(asText(text) ?? "")?.slice(1) ?? []) : [],
  },
  {
    name: "Notte",
    wrote: ({ screenshot }) =>
      typeof asObject(screenshot)?.raw === "string" && Array.isArray(asObject(screenshot)?.bboxes),
  },
  {
    name: "Donobu",
    wrote: ({ toolName, postCallImageId }) => typeof toolName === "string" && typeof postCallImageId === "string",
    actions: ({ toolName }) => [asText(toolName) ?? []].flat(),
  },
  { name: "AutoGen", wrote: ({ type, source }) => type === "MultiModalMessage" && asText(source) !== undefined },
];

/** Returns the known tool that wrote all of these elements. */
export function knownTool(items: readonly Json[]): KnownTool | undefined {
  return TOOLS.find((tool) => items.every((item) => tool.wrote(item)));
}

/** Returns the names of the functions that a program calls, without arguments, which may be typed text. */
function callsIn(program: unknown): string[] {
  const lines = asText(program)?.split(/[\n;]/) ?? [];
  return lines.flatMap((line) => /^\s*(?:await\s+|return\s+)?([A-Za-z_]\w*)\(/.exec(line)?.[1] ?? []);
}
