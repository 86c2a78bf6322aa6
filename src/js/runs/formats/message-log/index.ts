import type { ImageSource } from "../../../public-types.ts";
import type { Json } from "../../../task-records/json-fields.ts";
import { folderOf } from "../../input/record-path.ts";
import { resolvePicture } from "../../pictures/resolve-picture.ts";
import type { ReadContext, RecordFile, RecordFiles, RecordFormat, RecordMatch } from "../../record-format.ts";
import type { Run } from "../../run.ts";
import { filesOfLog, valueOfLog } from "./message-files.ts";
import { messageLists } from "./message-list.ts";
import { screenshotsOfTurns } from "./turn-screenshots.ts";
import { isUiTars, readUiTars } from "./ui-tars.ts";
import type { VendorFormat } from "./vendor-format.ts";
import { aiSdk } from "./vendors/ai-sdk.ts";
import { anthropic } from "./vendors/anthropic.ts";
import { bedrock } from "./vendors/bedrock.ts";
import { chat } from "./vendors/chat-completions.ts";
import { gemini } from "./vendors/gemini.ts";
import { haystack } from "./vendors/haystack.ts";
import { inspect, inspectSamples } from "./vendors/inspect.ts";
import { langchain } from "./vendors/langchain.ts";
import { llamaIndex } from "./vendors/llama-index.ts";
import { mcp } from "./vendors/mcp.ts";
import { openai } from "./vendors/openai.ts";
import { pydanticAi } from "./vendors/pydantic-ai.ts";

/** The most specific format first: the first one that knows a message reads the log. */
const VENDOR_FORMATS: readonly VendorFormat[] = [
  openai,
  langchain,
  anthropic,
  bedrock,
  pydanticAi,
  gemini,
  haystack,
  llamaIndex,
  aiSdk,
  chat,
  mcp,
];

/** A log of one session of one vendor, with its facts. */
type Log = { vendor: VendorFormat; session?: string; items: Json[]; facts?: Partial<Run> };

/** A record and the logs in it. */
type FoundLogs = { record: readonly RecordFile[]; logs: Log[] };

/**
 * Logs of the messages between a model that uses a computer and its client, as JSON or JSON lines, in the formats of several vendors.
 */
export const format: RecordFormat = {
  name: "message logs of computer use",

  async detect(files, { limits }): Promise<readonly RecordMatch[]> {
    const found: FoundLogs[] = [];
    for (const file of files.all) {
      if ((file.kind !== "json" && file.kind !== "jsonl") || file.size > limits.textBytes) continue;
      const record = filesOfLog(file, files);
      if (record.length === 0) continue;
      const value = await valueOfLog(record);
      if (isUiTars(value)) found.push({ record, logs: [] });
      else {
        const logs = logsIn(value);
        if (logs.length > 0) found.push({ record, logs });
      }
    }
    return withoutPoorer(found).map(({ record, also }) => {
      const main = record[0]!;
      return { path: record.length === 1 ? main.path : folderOf(main.path), claims: [...record, ...also], main };
    });
  },

  async read({ main }: RecordMatch, files: RecordFiles, context: ReadContext): Promise<readonly Run[]> {
    const value = await valueOfLog(filesOfLog(main, files));
    const showsTyped = context.captionsOf === "all";
    if (isUiTars(value)) return [readUiTars(value, showsTyped)];
    const find = (reference: string) => findPicture(reference, main, files, context);
    return Promise.all(logsIn(value).map((log) => readLog(log, showsTyped, find)));
  },
};

/** Returns the logs in a file: for each session, the messages that one vendor format knows. */
function logsIn(value: unknown): Log[] {
  const samples = inspectSamples(value);
  if (samples) {
    const logs = samples.map((sample) => ({ vendor: inspect, ...sample }));
    return logs.filter(({ items }) => items.some(inspect.knows));
  }
  return messageLists(value).flatMap(({ session, items }) => {
    const vendor = VENDOR_FORMATS.find(({ knows }) => items.some(knows));
    return vendor ? [{ vendor, ...(session && { session }), items }] : [];
  });
}

async function readLog(
  { vendor, session, items, facts }: Log,
  showsTyped: boolean,
  find: (reference: string) => Promise<ImageSource | undefined>,
): Promise<Run> {
  const events = vendor.events(items);
  const { screenshots, warnings } = await screenshotsOfTurns(events, showsTyped, find);
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
    ...facts,
    screenshots,
    warnings,
  };
}

/** Returns a picture that the log names: a file of the record, or the result of `options.resolve`. */
async function findPicture(
  reference: string,
  main: RecordFile,
  files: RecordFiles,
  context: ReadContext,
): Promise<ImageSource | undefined> {
  return files.find(reference, main)?.image() ?? (await resolvePicture(reference, context));
}

/** Of logs with the same calls, such as single requests and the whole session, keeps the most complete one. */
function withoutPoorer(found: readonly FoundLogs[]): { record: readonly RecordFile[]; also: RecordFile[] }[] {
  if (found.length < 2) return found.map(({ record }) => ({ record, also: [] }));
  const kept: { record: readonly RecordFile[]; also: RecordFile[]; ids: Set<string> }[] = [];
  const rated = found.map(({ record, logs }) => ({ record, logs, ids: idsOf(logs) }));
  for (const { record, ids, logs } of rated.sort((a, b) => b.ids.size - a.ids.size)) {
    const richer = logs.length === 0 || ids.size === 0 ? undefined : kept.find((other) => isWithin(ids, other.ids));
    if (richer) richer.also.push(...record);
    else kept.push({ record, also: [], ids });
  }
  const order = new Map(found.map(({ record }, i) => [record, i]));
  return kept.sort((a, b) => order.get(a.record)! - order.get(b.record)!);
}

const isWithin = (some: ReadonlySet<string>, all: ReadonlySet<string>) => [...some].every((id) => all.has(id));

/** Returns the ids of calls and results: logs with the same ids are of the same run, unless each is a run by its own facts. */
function idsOf(logs: readonly Log[]): Set<string> {
  const ids = new Set<string>();
  for (const { vendor, items, facts } of logs) {
    if (facts) continue;
    for (const event of vendor.events(items)) {
      if ((event.type === "call" || event.type === "result") && event.id !== undefined)
        ids.add(`${event.type} ${event.id}`);
    }
  }
  return ids;
}
