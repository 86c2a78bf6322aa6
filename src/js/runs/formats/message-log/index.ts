import type { ImageSource } from "../../../public-types.ts";
import type { Json } from "../../../task-records/json-fields.ts";
import { resolvePicture } from "../../pictures/resolve-picture.ts";
import type { ReadContext, RecordFile, RecordFiles, RecordFormat, RecordMatch } from "../../record-format.ts";
import type { Run } from "../../run.ts";
import { aiSdk } from "./ai-sdk.ts";
import { anthropic } from "./anthropic.ts";
import { chat } from "./chat-completions.ts";
import { gemini } from "./gemini.ts";
import { langchain } from "./langchain.ts";
import { mcp } from "./mcp.ts";
import { messageLists } from "./message-list.ts";
import { openai } from "./openai.ts";
import { screenshotsOfTurns } from "./turn-screenshots.ts";
import { isUiTars, readUiTars } from "./ui-tars.ts";
import type { VendorFormat } from "./vendor-format.ts";

/** The most specific format first: the first one that knows a message reads the log. */
const VENDOR_FORMATS: readonly VendorFormat[] = [openai, langchain, anthropic, gemini, aiSdk, chat, mcp];

/** A log of one session in one vendor. */
type Log = { vendor: VendorFormat; session?: string; items: Json[] };

/**
 * Logs of the messages between a model that uses a computer and whoever runs it, as JSON or JSON lines, in the dialects
 * of several vendors.
 */
export const format: RecordFormat = {
  name: "message logs of computer use",

  async detect(files, { limits }): Promise<readonly RecordMatch[]> {
    const found: { file: RecordFile; logs: Log[] }[] = [];
    for (const file of files.all) {
      if ((file.kind !== "json" && file.kind !== "jsonl") || file.size > limits.textBytes) continue;
      const value = await file.json();
      if (isUiTars(value)) found.push({ file, logs: [] });
      else {
        const logs = logsIn(value);
        if (logs.length > 0) found.push({ file, logs });
      }
    }
    return withoutPoorer(found).map(({ file, also }) => ({ path: file.path, claims: [file, ...also], main: file }));
  },

  async read({ main }: RecordMatch, files: RecordFiles, context: ReadContext): Promise<readonly Run[]> {
    const value = await main.json();
    const tellsTyped = context.captionsOf === "all";
    if (isUiTars(value)) return [readUiTars(value, tellsTyped)];
    const find = (reference: string) => findPicture(reference, main, files, context);
    return Promise.all(logsIn(value).map((log) => readLog(log, tellsTyped, find)));
  },
};

/** Returns the logs in a file: for each session, the messages that one vendor format knows. */
function logsIn(value: unknown): Log[] {
  return messageLists(value).flatMap(({ session, items }) => {
    const vendor = VENDOR_FORMATS.find(({ knows }) => items.some(knows));
    return vendor ? [{ vendor, ...(session && { session }), items }] : [];
  });
}

async function readLog(
  { vendor, session, items }: Log,
  tellsTyped: boolean,
  find: (reference: string) => Promise<ImageSource | undefined>,
): Promise<Run> {
  const events = vendor.events(items);
  const { screenshots, warnings } = await screenshotsOfTurns(events, tellsTyped, find);
  const guess = vendor.warning?.(items);
  if (guess !== undefined && screenshots.length > 0) warnings.push({ code: "MEANING_GUESSED", message: guess });
  if (screenshots.length === 0) {
    warnings.push({
      code: "NO_SCREENSHOTS",
      message: "the log holds messages of computer use, but no picture of the screen",
    });
  }
  const task = events.find(({ type }) => type === "task");
  const name = task?.type === "task" ? task.text : session;
  return {
    ...(name !== undefined && { name }),
    tool: { name: vendor.tool },
    screenshots: screenshots,
    warnings,
  };
}

/** A picture that the log names: among the files, or as the caller resolves it. */
async function findPicture(
  reference: string,
  main: RecordFile,
  files: RecordFiles,
  context: ReadContext,
): Promise<ImageSource | undefined> {
  return files.find(reference, main)?.image() ?? (await resolvePicture(reference, context));
}

/**
 * Of logs in one folder with the same calls, such as single requests and the whole session, keeps the most complete
 * one.
 */
function withoutPoorer(
  found: readonly { file: RecordFile; logs: Log[] }[],
): { file: RecordFile; also: RecordFile[] }[] {
  const kept: { file: RecordFile; also: RecordFile[]; ids: Set<string> }[] = [];
  if (found.length < 2) return found.map(({ file }) => ({ file, also: [] }));
  const rated = found.map(({ file, logs }) => ({ file, logs, ids: idsOf(logs) }));
  for (const { file, ids, logs } of rated.sort((a, b) => b.ids.size - a.ids.size)) {
    const richer = logs.length === 0 || ids.size === 0 ? undefined : kept.find((other) => isWithin(ids, other.ids));
    if (richer) richer.also.push(file);
    else kept.push({ file, also: [], ids });
  }
  const order = new Map(found.map(({ file }, i) => [file, i]));
  return kept.sort((a, b) => order.get(a.file)! - order.get(b.file)!);
}

const isWithin = (some: ReadonlySet<string>, all: ReadonlySet<string>) => [...some].every((id) => all.has(id));

/** Returns the ids of calls and results: logs with the same ids are of the same run. */
function idsOf(logs: readonly Log[]): Set<string> {
  const ids = new Set<string>();
  for (const { vendor, items } of logs) {
    for (const event of vendor.events(items)) {
      if ((event.type === "call" || event.type === "result") && event.id !== undefined)
        ids.add(`${event.type} ${event.id}`);
    }
  }
  return ids;
}
