import { refusal } from "../http/refusal.ts";
import { assertKnown, dateField, textField, wholeNumber } from "../http/request-fields.ts";
import { readBytes, readJson, type Store, type WriteOptions, writeJson } from "../stores/store.ts";
import { isOver, type Shot, type Task } from "../task.ts";
import { assertUploaded } from "./change-task.ts";
import { MOST_STEP } from "./upload-limits.ts";
import { readUploadedTask, type UploadedStep, uploadedFiles } from "./uploaded-task.ts";

/**
 * Stores a screenshot; resolves to the number of its step. A repeated upload changes nothing. Within this process,
 * calls for one task run one after another.
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
  if (there) return same(store, task.id, there.name, bytes, facts);
  if (shots.length >= mostShots) throw refusal(413, `A task has at most ${mostShots} screenshots`);
  let number = wanted ?? Math.max(0, ...shots.map((shot) => shot.number)) + 1;
  const note = (options?: WriteOptions) =>
    writeJson(store, uploadedFiles.facts(task.id, number), { ...facts, step: number }, options);
  // The file with the step's fields is written before the picture, and reserves the number: of concurrent requests, at
  // all servers on the store, one succeeds. Uploads without a number try the one after it.
  if (wanted === undefined) while (number <= MOST_STEP && !(await note({ ifAbsent: true }))) number++;
  else if (!(await note({ ifAbsent: true }))) {
    const other = await pictureOf(task, number);
    if (other) return same(store, task.id, other.name, bytes, facts);
    await note();
  }
  if (number > MOST_STEP) throw refusal(413, `There is no step after ${MOST_STEP}`);
  const name = `step_${number}.${type}`;
  const key = uploadedFiles.picture(task.id, name);
  const isKept = await store.write(key, bytes, { ifAbsent: true }).catch(async (error: unknown) => {
    // The number is free again, unless the picture is there in spite of the error.
    const isThere = (await task.shots()).some((shot) => shot.number === number);
    if (!isThere) await store.write(uploadedFiles.facts(task.id, number), null);
    throw error;
  });
  if (!isKept) return same(store, task.id, name, bytes, facts);
  // Another server on the store may have ended or removed the task in the meantime: the upload is then refused.
  const now = await readUploadedTask(store, task.id);
  if (now && !isOver(now.record)) return number;
  for (const file of [key, uploadedFiles.facts(task.id, number)]) await store.write(file, null);
  throw now ? hasEnded() : refusal(404, "Task not found");
}

const hasEnded = () => refusal(409, "The task has ended");

/** The picture of a step whose number is taken: by another server that is about to write it, or by one that ended before. */
async function pictureOf(task: Task, number: number): Promise<Shot | undefined> {
  for (let tries = 0; tries < 10; tries++) {
    const found = (await task.shots()).find((shot) => shot.number === number);
    if (found) return found;
    await new Promise((done) => setTimeout(done, 100));
  }
  return undefined;
}

/** The number of a step that is there already, if it has this picture and nothing else is said of it. */
async function same(store: Store, id: string, name: string, bytes: Uint8Array, facts: UploadedStep): Promise<number> {
  const number = Number(/\d+/.exec(name)![0]);
  const there = await readBytes(store, uploadedFiles.picture(id, name));
  const isSame = there?.length === bytes.length && there.every((byte, i) => byte === bytes[i]);
  if (!isSame) throw refusal(409, `Step ${number} has another screenshot already`);
  const known = await readJson<UploadedStep>(store, uploadedFiles.facts(id, number));
  const other = STEP_TEXTS.find((text) => facts[text] !== undefined && facts[text] !== known?.[text]);
  if (other) throw refusal(409, `Step ${number} has another ${other} already`);
  return number;
}

/** The text fields of a step. */
const STEP_TEXTS = ["next_goal", "evaluation_previous_goal", "url"] as const;

function factsFrom(query: Record<string, string>): UploadedStep {
  assertKnown(query, "query", ["step", ...STEP_TEXTS, "finished_at"]);
  const facts: UploadedStep = { id: crypto.randomUUID() };
  for (const name of STEP_TEXTS) {
    const value = textField(query[name], ["query", name]);
    if (value !== undefined) facts[name] = value;
  }
  const finishedMs = dateField(query.finished_at, "finished_at");
  if (finishedMs !== undefined) facts.finished_at = new Date(finishedMs).toISOString();
  return facts;
}

/** Returns the type of a picture by its first bytes; the `content-type` header is ignored. */
function pictureType(bytes: Uint8Array): "png" | "jpg" | "webp" | undefined {
  const head = String.fromCharCode(...bytes.subarray(0, 12));
  if (head.startsWith("\x89PNG\r\n\x1a\n")) return "png";
  if (head.startsWith("\xff\xd8\xff")) return "jpg";
  return head.startsWith("RIFF") && head.slice(8) === "WEBP" ? "webp" : undefined;
}
