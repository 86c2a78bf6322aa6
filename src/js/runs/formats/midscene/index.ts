import type { DescribedScreenshot, ImageSource, Point } from "../../../public-types.ts";
import {
  asNumber,
  asObject,
  asObjects,
  asText,
  type Json,
  withoutUndefined,
} from "../../../task-records/json-fields.ts";
import { inlinePicture } from "../../pictures/picture-of-base64.ts";
import { type PictureSize, pictureSize } from "../../pictures/picture-size.ts";
import { resolvePicture } from "../../pictures/resolve-picture.ts";
import type { ReadContext, RecordFile, RecordFiles, RecordFormat, RecordMatch } from "../../record-format.ts";
import type { Run } from "../../run.ts";
import { dumpData, type ReportData, type ReportGroup, reportData, unescapeAngleBrackets } from "./report-data.ts";
import { taskCaption } from "./task-caption.ts";

/**
 * Reports of Midscene: an HTML page with the data of its runs and their pictures, in the page or in a folder beside it;
 * or the dump of these data. A run starts with the picture taken before its first action and has one after each action.
 * A click is marked on the picture before it.
 */
export const format: RecordFormat = {
  name: "Midscene reports",

  async detect(files): Promise<readonly RecordMatch[]> {
    const matches: RecordMatch[] = [];
    for (const file of files.all) {
      const data = await dataIn(file);
      if (!data) continue;
      matches.push({ path: file.path, claims: [file, ...pictureFiles(data, file, files)], main: file });
    }
    return matches;
  },

  async read({ main }: RecordMatch, files: RecordFiles, context: ReadContext): Promise<readonly Run[]> {
    const data = (await dataIn(main)) ?? { groups: [], pictures: new Map() };
    const runs: Run[] = [];
    for (const group of data.groups) runs.push(await readGroup(group, data, main, files, context));
    return runs;
  },
};

/** Parses the data of a report, or of the dump that a report is made from. */
async function dataIn(file: RecordFile): Promise<ReportData | undefined> {
  if (file.kind === "json") return dumpData(await file.json());
  if (file.kind !== "html") return undefined;
  const html = await file.text();
  const data = html.includes("midscene_web_dump") ? reportData(html) : undefined;
  return data && data.groups.length > 0 ? data : undefined;
}

/** Maximum number of characters of a path. */
const LONGEST_PATH = 4096;

/** A picture of a task. */
type Shown = { image: ImageSource; size?: PictureSize | undefined; capturedAtMs?: number | undefined };

const TEST_STATUS: { readonly [status: string]: Run["status"] } = {
  passed: "passed",
  failed: "failed",
  timedOut: "failed",
  skipped: "skipped",
  interrupted: "stopped",
};

async function readGroup(
  group: ReportGroup,
  data: ReportData,
  main: RecordFile,
  files: RecordFiles,
  context: ReadContext,
): Promise<Run> {
  const reader = new TaskReader((reference) => findPicture(reference, data, main, files, context), context);
  for (const execution of group.executions) await reader.add(execution);
  const told = asText(group.attributes.playwright_test_status);
  const status = told === undefined ? undefined : TEST_STATUS[told];
  const isFailed = status === "failed" || (status === undefined && reader.screenshots.at(-1)?.failed === true);
  return withoutUndefined({
    name: asText(group.attributes.playwright_test_title) ?? group.name,
    status,
    error: isFailed ? reader.error : undefined,
    startedAtMs: asNumber(group.executions[0]?.logTime),
    tool: withoutUndefined({ name: "Midscene", version: group.version }),
    screenshots: reader.screenshots,
    warnings: reader.warnings(),
  }) as Run;
}

/** Converts tasks to screenshots. */
class TaskReader {
  readonly screenshots: DescribedScreenshot[] = [];
  error?: string;
  readonly #find: (reference: Json | string) => Promise<Shown | undefined>;
  readonly #showsTyped: boolean;
  #last?: Shown;
  #missing = 0;
  #open = 0;

  constructor(find: (reference: Json | string) => Promise<Shown | undefined>, { captionsOf }: ReadContext) {
    this.#find = find;
    this.#showsTyped = captionsOf === "all";
  }

  async add(execution: Json): Promise<void> {
    const name = asText(execution.name) ?? "";
    const tasks = asObjects(execution.tasks);
    let located: string | undefined;
    for (const [i, task] of tasks.entries()) {
      if (task.subType === "Locate") located = promptOf(task) ?? located;
      if (task.status === "running" || task.status === "pending") this.#open++;
      if (!isShown(task)) continue;
      await this.#begin(task);
      await this.#push(task, await this.#after(task, tasks[i + 1]), taskCaption(task, name, located, this.#showsTyped));
      located = undefined;
    }
  }

  warnings(): Run["warnings"] {
    const warnings: Run["warnings"] = [];
    if (this.#missing > 0) {
      warnings.push({
        code: "PICTURE_MISSING",
        message: `${this.#missing} pictures are not in the report; give the folder "screenshots" along with it`,
      });
    }
    if (this.#open > 0) {
      warnings.push({
        code: "RECORD_UNFINISHED",
        message: `${this.#open} tasks were not finished when the report was written`,
      });
    }
    return warnings;
  }

  /** Adds the picture taken before the first action. */
  async #begin(task: Json): Promise<void> {
    if (this.screenshots.length > 0 || task.type === "Log") return;
    const before = await this.#before(task);
    if (before) this.#show(before, { caption: "Start" });
  }

  async #push(task: Json, after: Shown | undefined, caption: string): Promise<void> {
    const shown = after ?? this.#last;
    if (!shown) return;
    const isFailed = task.status === "failed" || (task.subType === "Assert" && task.output === false);
    if (isFailed) this.error = unescapeAngleBrackets(asText(task.errorMessage) ?? caption);
    const seen = this.screenshots.at(-1);
    if (seen && !isFailed) Object.assign(seen, marksOf(task, this.#last?.size));
    this.#show(shown, { ...(caption && { caption }), ...(isFailed && { failed: true }) });
  }

  #show(shown: Shown, facts: Partial<DescribedScreenshot>): void {
    this.screenshots.push(
      withoutUndefined({
        image: shown.image,
        number: this.screenshots.length,
        timestampMs: shown.capturedAtMs,
        ...facts,
      }),
    );
    this.#last = shown;
  }

  #before(task: Json): Promise<Shown | undefined> {
    const context = asObject(task.uiContext) ?? asObject(task.pageContext);
    const recorded = asObjects(task.recorder).find((record) => !isAfter(record));
    return this.#picture(
      context?.screenshot ?? context?.screenshotBase64 ?? recorded?.screenshot,
      recorded?.ts ?? startOf(task),
    );
  }

  /**
   * Returns the picture taken after a task, or else before the next one. A failed task may only have one taken before
   * it.
   */
  async #after(task: Json, next: Json | undefined): Promise<Shown | undefined> {
    const records = asObjects(task.recorder).filter((record) => record.type === "screenshot" || record.screenshot);
    const after = records.findLast(isAfter) ?? (task.type === "Log" ? records.at(-1) : undefined);
    if (after) return this.#picture(after.screenshot, after.ts);
    return task.status === "failed" || !next ? this.#before(task) : ((await this.#before(next)) ?? this.#before(task));
  }

  async #picture(screenshot: unknown, recordedMs: unknown): Promise<Shown | undefined> {
    const reference = asText(screenshot) ?? asObject(screenshot);
    if (reference === undefined) return undefined;
    const shown = await this.#find(reference);
    if (!shown) this.#missing++;
    const capturedAtMs = asNumber(asObject(screenshot)?.capturedAt) ?? asNumber(recordedMs);
    return shown && { ...shown, capturedAtMs };
  }
}

/** Whether a task is a step: actions, checks, notes, and all failed tasks. Planning and reading change nothing. */
function isShown({ type, subType, status }: Json): boolean {
  if (status === "failed") return true;
  if (status !== undefined && status !== "finished") return false;
  return type === "Action Space" || type === "Action" || type === "Log" || subType === "Assert";
}

const startOf = ({ timing }: Json) => asObject(timing)?.start;
const isAfter = ({ timing }: Json) => typeof timing === "string" && timing.startsWith("after");

function promptOf({ param }: Json): string | undefined {
  const prompt = asObject(param)?.prompt;
  return asText(prompt) ?? asText(asObject(prompt)?.prompt);
}

/**
 * Returns the click or drag of an action, converted from pixels of the picture that the model saw to pixels of this
 * picture.
 */
function marksOf(task: Json, size: PictureSize | undefined): Partial<DescribedScreenshot> {
  const param = asObject(task.param) ?? {};
  const context = asObject(task.uiContext) ?? asObject(task.pageContext);
  const seen = asObject(context?.shotSize) ?? asObject(context?.size);
  const scale = size && asNumber(seen?.width) ? size.width / (seen!.width as number) : 1;
  const [from, to] = [pointOf(param.from ?? param.start), pointOf(param.to ?? param.end)];
  const at = pointOf(param.locate);
  const scaled = ({ left, top }: Point) => ({ left: left * scale, top: top * scale });
  if (from && to) return { drag: [scaled(from), scaled(to)] };
  return at ? { click: scaled(at) } : {};
}

function pointOf(value: unknown): Point | undefined {
  const center = asObject(value)?.center;
  const [left, top] = Array.isArray(center) ? center : [];
  if (asNumber(left) === undefined || asNumber(top) === undefined || left < 0 || top < 0) return undefined;
  return { left, top };
}

/** Returns a picture in the data, in a separate element, or in the folder beside the page. */
async function findPicture(
  screenshot: Json | string,
  data: ReportData,
  main: RecordFile,
  files: RecordFiles,
  context: ReadContext,
): Promise<Shown | undefined> {
  for (const reference of referencesOf(screenshot)) {
    const inline = inlinePicture(data.pictures.get(reference) ?? reference);
    if (inline) return inline;
    if (reference.length > LONGEST_PATH) continue; // data that are no picture
    const file = files.find(reference, main);
    if (file) return { image: file.image(), size: await pictureSize(await file.blob()) };
    const image = reference.includes("/") ? await resolvePicture(reference, context) : undefined;
    if (image !== undefined) return { image };
  }
  return undefined;
}

/** Returns the reference to a screenshot: its data, its identifier, or its path. */
function referencesOf(screenshot: Json | string): string[] {
  if (typeof screenshot === "string") return [screenshot];
  const { base64, id, $screenshot, path } = screenshot;
  return [base64, id, $screenshot, path].map(asText).filter((text) => text !== undefined);
}

/** Returns the pictures in the folder beside a report, including those that no task shows. */
function pictureFiles(data: ReportData, main: RecordFile, files: RecordFiles): RecordFile[] {
  const folder = main.path.slice(0, main.path.length - main.name.length);
  const own = files.under(`${folder}screenshots`);
  const named = new Set<string>();
  for (const { executions } of data.groups) {
    for (const task of executions.flatMap(({ tasks }) => asObjects(tasks))) {
      const shown = [
        asObject(task.uiContext)?.screenshot,
        ...asObjects(task.recorder).map(({ screenshot }) => screenshot),
      ];
      for (const each of shown) for (const reference of referencesOf(asObject(each) ?? "")) named.add(reference);
    }
  }
  return own.filter(
    ({ name }) => named.has(name.replace(/\.\w+$/, "")) || [...named].some((path) => path.endsWith(`/${name}`)),
  );
}
