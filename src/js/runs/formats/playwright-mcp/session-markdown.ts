import { asObject, asObjects, asText, type Json } from "../../../task-records/json-fields.ts";
import { tryParseJson } from "../../../task-records/parse-json.ts";

/** An entry of a session: a call of a tool, or an action of the user. */
export type SessionEntry = {
  /** Name of the tool, such as `browser_click`, or of a user's action, such as `click`. */
  name: string;
  args: Json;
  /** Base64 of the picture in the answer. */
  picture?: string;
  /** Text of the answer, which may name a file. */
  text: string;
  /** Equivalent Playwright code, which may name a file. */
  code: string;
  /** Address of the page afterwards. */
  url?: string;
  error?: string;
  /** Whether this version of the server writes no URLs. */
  isPlain: boolean;
};

/** A heading with the next line, which distinguishes it from headings in quoted text. */
const HEADING = /^### (?:Tool call|User action): (\S+)\r?\n- Args\r?$/gm;
/** A part of an entry: its name, and the content of its code fence. */
const PART = /^- (Args|Result|Error|Code)\r?\n```\w*\r?\n([\s\S]*?)^```\r?$/gm;

/**
 * Returns the entries of `session.md`; none if the text is no session. Before 0.0.6x, an entry has a result in plain text, the code, and
 * the name of a snapshot; later, its result is JSON with everything.
 */
export function sessionEntries(text: string): SessionEntry[] {
  const heads = [...text.matchAll(HEADING)];
  return heads.map((head, i) => {
    const start = head.index + head[0].indexOf("\n") + 1;
    return entryOf(head[1]!, text.slice(start, heads[i + 1]?.index));
  });
}

function entryOf(name: string, body: string): SessionEntry {
  const parts = new Map<string, string>();
  for (const [, part, content] of body.matchAll(PART)) if (!parts.has(part!)) parts.set(part!, content!.trim());
  const args = asObject(tryParseJson(parts.get("Args") ?? "")) ?? {};
  const told = parts.get("Result");
  const result = asObject(tryParseJson(told ?? ""));
  const picture = asObjects(result?.attachments)
    .map(({ data }) => asText(data))
    .find((data) => data !== undefined);
  const error = parts.get("Error") ?? asText(result?.error);
  const url = /^- Page URL: (\S+)/m.exec(asText(result?.page) ?? "")?.[1];
  return {
    name,
    args,
    isPlain: result === undefined,
    text: asText(result?.result) ?? (result ? "" : (told ?? "")),
    code: asText(result?.code) ?? parts.get("Code") ?? "",
    ...(picture !== undefined && { picture }),
    ...(url !== undefined && { url }),
    ...(error !== undefined && { error }),
  };
}

/** Returns the file name of a saved screenshot. */
export function screenshotPath({ text, code, args }: SessionEntry): string | undefined {
  const said = /\[Screenshot of [^\]]*\]\(([^)\n]+)\)/.exec(text) ?? /saved it as (\S[^\n]*)/.exec(text);
  const coded = /^\/\/ Screenshot .*? and save it as ([^\n]+)$/m.exec(code);
  return said?.[1]?.trim() ?? coded?.[1]?.trim() ?? asText(args.filename);
}

/** Returns the time in the name of a picture: `page-2026-11-29T16-14-58-708Z.png`. */
export function timeInFileName(path: string): number | undefined {
  const found = /page-(\d{4}-\d\d-\d\dT)(\d\d)-(\d\d)-(\d\d)-(\d{3})Z\.\w+$/.exec(path);
  const ms = found ? Date.parse(`${found[1]}${found[2]}:${found[3]}:${found[4]}.${found[5]}Z`) : Number.NaN;
  return Number.isNaN(ms) ? undefined : ms; // digits need not be a time
}
