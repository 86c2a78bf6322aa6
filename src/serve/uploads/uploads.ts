import { sha256 } from "hono/utils/crypto";
import { OPTION_GUIDE, SERVER_OPTIONS } from "../../js/options/option-guide.ts";
import type { OptionName } from "../../js/options/option-table.ts";
import { resolveOptions } from "../../js/options/resolve-options.ts";
import type { Options } from "../../js/public-types.ts";
import { type GifRequest, homeFiles, readGifFacts } from "../gifs/gif-state.ts";
import { invalid, refusal } from "../http/refusal.ts";
import { dateField, textField, wholeNumber } from "../http/request-fields.ts";
import { changeJson, readBytes, type Store, type WriteOptions, writeJson } from "../stores/store.ts";
import { isOver, type Task, type TaskRecord } from "../task.ts";
import { MOST_STEP } from "./upload-limits.ts";
import { readUploadedTask, type UploadedRecord, type UploadedStep, uploadedFiles } from "./uploaded-task.ts";

/** Takes up a task; resolves to its id. */
export async function createTask(store: Store, body: Record<string, unknown>): Promise<string> {
  const task = textField(body.task, ["body", "task"]);
  if (task === undefined) throw invalid(["body", "task"], "Field required", "missing");
  const id = crypto.randomUUID();
  const begun = { status: "running", output: null, created_at: new Date().toISOString(), finished_at: null };
  await writeJson(store, uploadedFiles.task(id), { id, task, ...begun, uploaded: true } satisfies UploadedRecord);
  return id;
}

/**
 * Keeps a screenshot; resolves to the number of its step. Sent again, it is there already. Of one task, this process calls
 * it once at a time.
 */
export async function addScreenshot(
  store: Store,
  task: Task,
  bytes: Uint8Array<ArrayBuffer>,
  query: Record<string, string>,
  mostShots: number,
): Promise<number> {
  assertUploaded(task);
  if (isOver(task.record)) throw hasEnded();
  const type = pictureType(bytes);
  if (!type) throw refusal(415, "Expected a PNG, JPEG or WebP file");
  const facts = factsFrom(query);
  const shots = await task.shots();
  const wanted = wholeNumber(query.step, "step", 0, MOST_STEP);
  const there = wanted === undefined ? undefined : shots.find(({ number }) => number === wanted);
  if (there) return same(store, uploadedFiles.picture(task.id, there.name), bytes, wanted!);
  if (shots.length >= mostShots) throw refusal(413, `A task has at most ${mostShots} screenshots`);
  let number = wanted ?? Math.max(0, ...shots.map((shot) => shot.number)) + 1;
  const note = (options?: WriteOptions) =>
    writeJson(store, uploadedFiles.facts(task.id, number), { ...facts, step: number }, options);
  // What is known about it is there before it. Without a number of its own it takes one that way: of many requests at
  // once one gets the next, and the others go on.
  if (wanted === undefined) while (number <= MOST_STEP && !(await note({ ifAbsent: true }))) number++;
  else await note();
  if (number > MOST_STEP) throw refusal(413, `There is no step after ${MOST_STEP}`);
  const key = uploadedFiles.picture(task.id, `step_${number}.${type}`);
  if (!(await store.write(key, bytes, { ifAbsent: true }))) return same(store, key, bytes, number);
  // Another server on the store may have ended or removed the task meanwhile: what nobody will show was not taken in.
  const now = await readUploadedTask(store, task.id);
  if (now && !isOver(now.record)) return number;
  for (const file of [key, uploadedFiles.facts(task.id, number)]) await store.write(file, null);
  throw now ? hasEnded() : refusal(404, "Task not found");
}

const hasEnded = () => refusal(409, "The task has ended");

/** Ends a task; once more changes nothing. */
export async function finishTask(store: Store, task: Task, body: Record<string, unknown>): Promise<TaskRecord> {
  assertUploaded(task);
  const status = body.status ?? "finished";
  if (status !== "finished" && status !== "failed" && status !== "stopped") {
    throw invalid(["body", "status"], "Input should be 'finished', 'failed' or 'stopped'", "enum");
  }
  const output = textField(body.output, ["body", "output"]) ?? null;
  const ended = { status, output, finished_at: new Date().toISOString() };
  return changeRecord(store, task.id, (record) => (isOver(record) ? undefined : { ...record, ...ended }));
}

/** Gives a task another name. */
export async function renameTask(store: Store, task: Task, body: Record<string, unknown>): Promise<Task> {
  assertUploaded(task);
  const name = textField(body.task, ["body", "task"]);
  if (!name?.trim()) throw invalid(["body", "task"], "Field required", "missing");
  return { ...task, record: await changeRecord(store, task.id, (record) => ({ ...record, task: name })) };
}

/** Changes the record of an uploaded task as it is by then: another server on the store may have changed or removed it. */
async function changeRecord(
  store: Store,
  id: string,
  change: (record: TaskRecord) => TaskRecord | undefined,
): Promise<TaskRecord> {
  const changed = await changeJson<UploadedRecord>(store, uploadedFiles.task(id), (record) => {
    if (record?.uploaded !== true || record.deleted) throw refusal(404, "Task not found");
    const next = change(record);
    return next && { ...next, uploaded: true };
  });
  return changed!;
}

/** Asks for the GIF to be made again, with options of the library. */
export async function requestGif(store: Store, task: Task, options: Record<string, unknown>): Promise<void> {
  if (!isOver(task.record)) throw refusal(409, "The task has not ended");
  for (const [name, value] of Object.entries(options)) {
    const guide = SERVER_OPTIONS.includes(name as OptionName) ? OPTION_GUIDE[name as OptionName].server : false;
    if (!guide) throw invalid(["body", name], `Expected one of ${SERVER_OPTIONS.join(", ")}`);
    if (typeof guide === "object" && typeof value === "number" && value > guide.most) {
      throw invalid(["body", name], `At most ${guide.most} here`);
    }
  }
  try {
    resolveOptions(options as Options);
  } catch (error) {
    const [, path = "", message = ""] = /^options\.?([^:]*): (.*)$/s.exec((error as Error).message) ?? [];
    throw invalid(["body", ...path.split(".")], message);
  }
  // The same options are the same request, so that a request may be repeated; what has failed is tried again.
  const id = ((await sha256(JSON.stringify(Object.entries(options).sort()))) ?? "").slice(0, 32);
  const { state } = await readGifFacts(store, task);
  if (state?.request === id && state.state === "failed") await store.write(homeFiles.state(task), null);
  await writeJson(store, homeFiles.request(task), { id, options } satisfies GifRequest);
}

/** Records that a person put into the store are theirs. */
export function assertUploaded({ isUploaded }: Task): void {
  if (!isUploaded) throw refusal(409, "The task was not made over the API");
}

async function same(store: Store, key: string, bytes: Uint8Array, number: number): Promise<number> {
  const there = await readBytes(store, key);
  const isSame = there?.length === bytes.length && there.every((byte, i) => byte === bytes[i]);
  if (!isSame) throw refusal(409, `Step ${number} has another screenshot already`);
  return number;
}

function factsFrom(query: Record<string, string>): UploadedStep {
  const facts: UploadedStep = { id: crypto.randomUUID() };
  for (const name of ["next_goal", "evaluation_previous_goal", "url"] as const) {
    const value = textField(query[name], ["query", name]);
    if (value !== undefined) facts[name] = value;
  }
  const { finished_at } = query;
  if (dateField(finished_at, "finished_at") !== undefined) facts.finished_at = finished_at!;
  return facts;
}

/** What a picture is by its first bytes, whatever its sender says. */
function pictureType(bytes: Uint8Array): "png" | "jpg" | "webp" | undefined {
  const head = String.fromCharCode(...bytes.subarray(0, 12));
  if (head.startsWith("\x89PNG\r\n\x1a\n")) return "png";
  if (head.startsWith("\xff\xd8\xff")) return "jpg";
  return head.startsWith("RIFF") && head.slice(8) === "WEBP" ? "webp" : undefined;
}
