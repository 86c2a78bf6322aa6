import { asObject, asText, type Json } from "../../../task-records/json-fields.ts";

/** A tool whose elements with pictures are known: that pictures are its frames is no guess then. */
export type KnownTool = {
  name: string;
  /** Whether an element that holds a picture is its own. */
  wrote(item: Json): boolean;
  /** The names of the actions that an element tells, where they stand in a place of their own. */
  actions?(element: Json): string[];
};

/** Tools by fields that only they have. */
const TOOLS: readonly KnownTool[] = [
  {
    name: "OpenHands",
    wrote: ({ observation, extras, kind }) =>
      (typeof observation === "string" && asObject(extras) !== undefined) || kind === "ObservationEvent",
    // In 0.x the calls stand in one text of Python: `click('12')`, one a line.
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
  { name: "AutoGen", wrote: ({ type, source }) => type === "MultiModalMessage" && asText(source) !== undefined },
];

/** The tool that wrote elements with pictures, if all are of one that is known. */
export function knownTool(items: readonly Json[]): KnownTool | undefined {
  return TOOLS.find((tool) => items.every((item) => tool.wrote(item)));
}

/** The functions that are called in a piece of a program; their arguments may be what was typed. */
function callsIn(program: unknown): string[] {
  const lines = asText(program)?.split(/[\n;]/) ?? [];
  return lines.flatMap((line) => /^\s*(?:await\s+|return\s+)?([A-Za-z_]\w*)\(/.exec(line)?.[1] ?? []);
}
