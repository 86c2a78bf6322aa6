import { FORMATS } from "./format-list.ts";
import { type FileKind, KIND_NAMES } from "./input/file-kind.ts";
import type { RecordFile, RecordFiles } from "./record-format.ts";

/** Kinds of files that the error for an unknown record mentions. */
const MOST_KINDS = 4;

/** Files of several that are looked into for advice. */
const MOST_FILES = 16;

/** Bytes at the start of a file in which its marks are looked for. */
const HEAD_BYTES = 65_536;

/** Files that tools write beside the records that are read: name of each, and what to give instead. */
const RELATIVES: readonly (readonly [kind: FileKind, head: RegExp, advice: string])[] = [
  [
    "html",
    /<meta content="(?:Robot|Rebot)[^>]*name="Generator"/,
    "a page of Robot Framework: give its output.xml, which lies beside it",
  ],
  [
    "html",
    /<title>Allure Report|allure-report-uuid/,
    "a page of Allure: give the folder of the report or allure-results",
  ],
  ["json", /^\s*\{\s*"log"\s*:\s*\{[^}]*"version"/, "a HAR file, which holds no screenshots"],
  ["xml", /<testsuites?[\s>]/, "a JUnit report, which holds no screenshots: give the report or the folder they are in"],
  [
    "json",
    /^\s*\[\s*\{(?=[^[]{0,400}"type"\s*:\s*\d)(?=[^[]{0,400}"timestamp"\s*:\s*\d{13})[^[]{0,400}"data"\s*:/,
    "a session of rrweb, which holds the page's elements and no screenshots",
  ],
  ["html", /<title>Nightwatch HTML Reporter/, "a page of Nightwatch: give the folder of its screenshots"],
  ["json", /^\s*\{\s*"report"\s*:\s*\{\s*"uuid"/, "a report of Nightwatch: give the folder of its screenshots"],
  ["html", /<title>(?:Comparison Report - REG|BackstopJS Report)/, "a visual comparison, which is no run"],
  ["json", /"(?:expectedItems|failedItems)"\s*:\s*\[/, "a visual comparison of reg-suit, which is no run"],
  [
    "json",
    /^\s*\{(?=[\s\S]{0,2000}"steps"\s*:\s*\[\s*\{\s*"type"\s*:\s*"(?:setViewport|navigate|click)")/,
    "a recording of the DevTools Recorder, which says what to do and holds no screenshots",
  ],
  [
    "html",
    /<title>NovaAct Agent Run<\/title>/,
    "a page of Nova Act: give the act_…_trajectory.json (before 3.0 act_…_calls.json), which lies beside it",
  ],
  [
    "text",
    /^ ?(?:system|user|SystemMessage|HumanMessage) \r?\n/,
    "a conversation that browser-use saved, which holds no pictures: give the file that agent.save_history() writes",
  ],
  [
    "json",
    /"observations_images"\s*:/,
    "the memory of smolagents, whose pictures are pixels without a size: save them as PNG in a step callback, and give the folder",
  ],
  ["json", /"reportFormat"\s*:\s*"CTRF"/, "a CTRF report, which holds no steps: give the report of the tool itself"],
];

/** Returns the text of the error for a record of no known format: what it is, and what can be read. */
export async function describeUnknownRecord(files: RecordFiles): Promise<string> {
  const { text, only } = describeFiles(files);
  const advice = only ? await adviceOn(only) : await adviceOnSome(files.all);
  return `expected ${listed(FORMATS.map(({ name }) => name))}; found ${text}${advice ? ` (${advice})` : ""}`;
}

/** The advice on the first file that there is one on. */
async function adviceOnSome(files: readonly RecordFile[]): Promise<string | undefined> {
  for (const file of files.slice(0, MOST_FILES)) {
    const advice = await adviceOn(file);
    if (advice) return `${file.path} is ${advice}`;
  }
  return undefined;
}

async function adviceOn(file: RecordFile): Promise<string | undefined> {
  const relatives = RELATIVES.filter(([kind]) => kind === file.kind || (kind === "json" && file.kind === "jsonl"));
  if (relatives.length > 0) {
    const head = await (await file.blob()).slice(0, HEAD_BYTES).text();
    const advice = relatives.find(([, pattern]) => pattern.test(head))?.[2];
    if (advice) return advice;
  }
  if (file.kind === "html") return adviceOnPage(file);
  return file.kind === "json" || file.kind === "jsonl" ? adviceOnJson(file) : undefined;
}

async function adviceOnPage(file: RecordFile): Promise<string | undefined> {
  const count = (await file.text()).match(/\bsrc\s*=\s*["']?data:image\/(?:png|jpe?g|webp)/gi)?.length ?? 0;
  if (count === 0) return undefined;
  return `a page that holds ${count === 1 ? "a picture" : `${count} pictures`}: give what it was made of, or save them as files with numbers in their names`;
}

async function adviceOnJson(file: RecordFile): Promise<string | undefined> {
  const { describePictures } = await import("./formats/nested-pictures/describe-pictures.ts");
  return describePictures(await file.json());
}

/** Describes files: "trace.zip, a zip archive", or the number of files of each kind. */
function describeFiles(files: RecordFiles): { text: string; only?: RecordFile } {
  // What a gzip file holds stands beside it.
  const unpacked = files.all.filter(({ kind }) => kind !== "gzip");
  const all = unpacked.length > 0 ? unpacked : files.all;
  const outside = all.filter(
    ({ path }) => !all.some(({ path: other, kind }) => kind === "zip" && path.startsWith(`${other}/`)),
  );
  const [only] = outside;
  if (!only) return { text: "no files" };
  if (outside.length === 1) {
    const inside = all.length > 1 ? ` with ${counts(all.slice(1).map(({ kind }) => kind))}` : "";
    return { text: `${only.path}, ${KIND_NAMES[only.kind]}${inside}`, only };
  }
  return { text: counts(all.map(({ kind }) => kind)) };
}

function counts(kinds: readonly FileKind[]): string {
  const groups = new Map<FileKind, number>();
  for (const kind of kinds) groups.set(kind, (groups.get(kind) ?? 0) + 1);
  const sorted = [...groups].sort(([, a], [, b]) => b - a);
  const parts = sorted
    .slice(0, MOST_KINDS)
    .map(([kind, count]) => `${count} × ${KIND_NAMES[kind].replace(/^an? /, "")}`);
  return `${kinds.length} files (${parts.join(", ")}${sorted.length > MOST_KINDS ? ", …" : ""})`;
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;
}
