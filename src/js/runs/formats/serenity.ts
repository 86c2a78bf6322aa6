import { Parser } from "htmlparser2";
import { asNumber, asObject, asObjects, asText, type Json } from "../../task-records/json-fields.ts";
import { asTimestamp } from "../../task-records/timestamp.ts";
import { errorSummary } from "../error-summary.ts";
import { filesByFolder } from "../input/record-path.ts";
import type { ReadContext, RecordFile, RecordFormat, RecordMatch } from "../record-format.ts";
import { HIDDEN, SECRET_FIELD } from "../reports/hide-typed-text.ts";
import type { ReportFrame } from "../reports/report-frames.ts";
import { type ReportedTest, runOfTest } from "../reports/reported-test.ts";
import type { Run } from "../run.ts";

/**
 * Outcomes of Serenity BDD and Serenity/JS: a JSON file for each scenario with its tree of steps, beside the pictures, whose names
 * are hashes. The tries of a scenario and the examples of an outline are rows of one outcome.
 */
export const format: RecordFormat = {
  name: "Serenity outcomes",

  async detect(files, { limits }) {
    const isWanted = async (file: RecordFile) =>
      file.kind === "json" && file.size <= limits.textBytes && isOutcome(await file.json());
    const folders = await filesByFolder(files.all, isWanted);
    return [...folders].map(([folder, outcomes]): RecordMatch => {
      return { path: folder || outcomes[0]!.path, main: outcomes[0]!, claims: outcomes };
    });
  },

  async read({ claims }, files, context) {
    const runs: Run[] = [];
    for (const file of claims) {
      const outcome = await file.json();
      if (!isOutcome(outcome)) continue;
      const tool = { name: outcome.testSource === "JS" ? "Serenity/JS" : "Serenity BDD" };
      for (const row of rowsOf(outcome))
        runs.push(await runOfTest(testOfRow(row, outcome, context), tool, file, files, context));
    }
    const areTimed = runs.every(({ startedAtMs }) => startedAtMs !== undefined);
    return areTimed ? runs.sort((a, b) => a.startedAtMs! - b.startedAtMs!) : runs;
  },
};

function isOutcome(value: unknown): value is Json {
  const { title, result, testSteps, userStory, testSource } = asObject(value) ?? {};
  const hasSteps = asText(title) !== undefined && asText(result) !== undefined && Array.isArray(testSteps);
  return hasSteps && (asObject(userStory) !== undefined || asText(testSource) !== undefined);
}

/** A try of a scenario or an example of an outline: the suffix of its name, the object with its result, and its steps. */
type Row = { suffix: string; facts: Json; steps: readonly Json[] };

function rowsOf(outcome: Json): Row[] {
  const steps = asObjects(outcome.testSteps);
  const { headers, rows } = asObject(outcome.dataTable) ?? {};
  if (!Array.isArray(rows) || rows.length !== steps.length) return [{ suffix: "", facts: outcome, steps }];
  const areTries = Array.isArray(headers) && headers.length === 1 && headers[0] === "Retries";
  return steps.map((step, i) => {
    const suffix = areTries ? `retry ${i}` : `example ${i + 1}`;
    return { suffix: areTries && i === 0 ? "" : ` (${suffix})`, facts: step, steps: asObjects(step.children) };
  });
}

function testOfRow({ suffix, facts, steps }: Row, outcome: Json, context: ReadContext): ReportedTest {
  const story = asText(asObject(outcome.userStory)?.storyName);
  return {
    name: `${story === undefined ? "" : `${story} › `}${asText(outcome.title)!}${suffix}`,
    status: statusOf(facts.result),
    error: errorOf(facts, steps),
    startedAtMs: timestampOf(facts.startTime),
    frames: sortedByTime(steps.flatMap((step) => framesOf(step, context))),
  };
}

/** Returns the pictures of the steps in a step, then its own. The last picture of a failed step shows the failure. */
function framesOf(step: Json, context: ReadContext): ReportFrame[] {
  const inner = asObjects(step.children).flatMap((child) => framesOf(child, context));
  const caption = captionOf(step, context);
  const photos = asObjects(step.screenshots).flatMap((photo) => {
    const reference = asText(photo.screenshot);
    return reference === undefined ? [] : [{ reference, atMs: asNumber(photo.timeStamp) }];
  });
  const hasFailed = statusOf(step.result) === "failed" && !inner.some(({ failed }) => failed);
  const own = photos.map(({ reference, atMs }, i): ReportFrame => {
    const isFailed = hasFailed && i === photos.length - 1;
    return { reference, caption, atMs, ...(isFailed && { failed: true }) };
  });
  return [...inner, ...own];
}

/** Sorts pictures by time: one that was taken during a step comes after those of later inner steps in the tree. */
function sortedByTime(frames: readonly ReportFrame[]): ReportFrame[] {
  const areTimed = frames.every(({ atMs }) => atMs !== undefined);
  return areTimed ? [...frames].sort((a, b) => a.atMs! - b.atMs!) : [...frames];
}

/** Description of the step of Serenity/JS that types a text. */
const TYPING = /^(?<who>.+? enters) (?<typed>.+) into (?<field>.+)$/;
const QUOTED = /"[^"]*"|'[^']*'/g;

function captionOf({ description }: Json, { captionsOf }: ReadContext): string | undefined {
  const text = plainText(asText(description) ?? "");
  const { who, field } = TYPING.exec(text)?.groups ?? {};
  if (who !== undefined && captionsOf === "titles") return `${who} text into ${field}`;
  return (SECRET_FIELD.test(text) ? text.replace(QUOTED, HIDDEN) : text) || undefined;
}

/** Returns the text of a description, which is HTML. */
function plainText(html: string): string {
  let text = "";
  const parser = new Parser({
    ontext(part) {
      text += part;
    },
  });
  parser.end(html);
  return text.replace(/\s+/g, " ").trim();
}

function statusOf(result: unknown): Run["status"] {
  if (result === "SUCCESS") return "passed";
  if (result === "SKIPPED" || result === "PENDING" || result === "IGNORED") return "skipped";
  return ["FAILURE", "ERROR", "COMPROMISED", "UNDEFINED", "ABORTED"].includes(result as string) ? "failed" : undefined;
}

/** Returns the error of the innermost failed step, or else that of the scenario. */
function errorOf(facts: Json, steps: readonly Json[]): string | undefined {
  const failed = steps.find(({ result }) => statusOf(result) === "failed");
  const inner = failed && errorOf(failed, asObjects(failed.children));
  const cause = asObject(facts.testFailureCause) ?? asObject(facts.exception);
  const message = asText(cause?.message);
  return inner ?? (message === undefined ? undefined : errorSummary(message));
}

/** Parses a time. Serenity BDD adds the name of the zone: `2026-11-30T10:06:47.533Z[Etc/UTC]`. */
const timestampOf = (value: unknown) => asTimestamp(typeof value === "string" ? value.replace(/\[.*\]$/, "") : value);
