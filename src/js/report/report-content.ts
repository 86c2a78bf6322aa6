import { number, record, reject } from "../options/argument-checks.ts";
import { asNumber, asObjects, asText } from "../task-records/json-fields.ts";
import { asTimestamp } from "../task-records/timestamp.ts";
import { formatDate, formatDuration, formatTimeOfDay } from "./format-time.ts";
import type { ReportOptions, ReportStep, ReportTask } from "./report-options.ts";
import { safeUrl } from "./safe-url.ts";

/** The validated content of a report, as plain text without markup. */
export type ReportContent = {
  title: string;
  task?: string;
  status?: string;
  /** Color of the status. */
  mood: "good" | "bad" | "warn" | "neutral";
  output?: string;
  /** Names and values of the facts, in the order of the report. */
  details: [name: string, value: string][];
  links: { label: string; url: string }[];
  steps: TranscriptStep[];
};

/** One step of the transcript, as text. */
export type TranscriptStep = {
  number: number;
  caption: string;
  /** The shortened URL, as displayed. */
  address: string;
  /** Target of the link; missing unless the URL is http or https. */
  link?: string;
  time: string;
  /** The time in ISO 8601. */
  moment?: string;
  /** The picture, as passed by the caller. */
  still?: unknown;
};

const NAMES = ["task", "steps", "gif", "title", "stillWidth", "links"];
/** Label and color of each status of the API and of records, as in the dashboard. */
const STATUSES: Record<string, readonly [name: string, mood: ReportContent["mood"]]> = {
  finished: ["Finished", "good"],
  completed: ["Finished", "good"],
  done: ["Finished", "good"],
  passed: ["Finished", "good"],
  failed: ["Failed", "bad"],
  stopped: ["Stopped", "warn"],
  paused: ["Paused", "warn"],
  running: ["Running", "neutral"],
  created: ["Waiting", "neutral"],
  skipped: ["Skipped", "neutral"],
};

/** Checks the options of a report. @throws `TypeError` that names the option. */
export function reportContent(value: Omit<ReportOptions, "gif"> & { gif?: unknown }): ReportContent {
  const options = record(value, "options", NAMES) as typeof value;
  const task = options.task ?? {};
  if (typeof task !== "object" || Array.isArray(task)) reject("options.task", "an object", task);
  const { steps = stepsOfTask(task), title, links = [] } = options;
  if (!Array.isArray(steps)) reject("options.steps", "an array of steps", steps);
  if (title !== undefined && typeof title !== "string") reject("options.title", "a string", title);
  if (!Array.isArray(links)) reject("options.links", "an array of { label, url }", links);
  const [started, finished] = [asTimestamp(task.created_at), asTimestamp(task.finished_at)];
  const told = asText(task.task);
  const said = asText(task.status);
  const [status = said, mood = "neutral"] = STATUSES[said?.toLowerCase() ?? ""] ?? [];
  const details: ReportContent["details"] = [];
  if (asText(task.id)) details.push(["Task ID", asText(task.id)!]);
  if (started !== undefined) details.push(["Started", `${formatDate(started)} ${formatTimeOfDay(started)} UTC`]);
  if (finished !== undefined) details.push(["Finished", `${formatDate(finished)} ${formatTimeOfDay(finished)} UTC`]);
  if (started !== undefined && finished !== undefined && finished >= started) {
    details.push(["Took", formatDuration(finished - started)]);
  }
  details.push(["Steps", String(steps.length)]);
  return {
    title: asText(title) ?? told ?? "Replay of a task",
    ...(told && { task: told }),
    ...(status && { status }),
    mood,
    ...(asText(task.output) && { output: asText(task.output)! }),
    details,
    links: [
      ...linkOf("Shared page", task.public_share_url),
      ...linkOf("Live view", task.live_url),
      ...links.flatMap(({ label, url }) => linkOf(String(label), url)),
    ],
    steps: steps.map((step, i) => transcriptStep(step, i)),
  };
}

/** Converts the steps of an API v1 task. */
function stepsOfTask(task: ReportTask): ReportStep[] {
  return asObjects(task.steps).map((step, i) => {
    const timestampMs = asTimestamp(step.finished_at) ?? asTimestamp(step.started_at);
    return {
      number: asNumber(step.step) ?? asNumber(step.number) ?? i + 1,
      caption: asText(step.next_goal) ?? asText(step.caption) ?? "",
      url: asText(step.url) ?? "",
      ...(timestampMs !== undefined && { timestampMs }),
    };
  });
}

function transcriptStep(step: ReportStep, place: number): TranscriptStep {
  const path = `options.steps[${place}]`;
  if (typeof step !== "object" || step === null) reject(path, "an object", step);
  const link = safeUrl(step.url);
  const ms = step.timestampMs;
  if (ms !== undefined) number(ms, `${path}.timestampMs`, -8.64e15, 8.64e15);
  return {
    number: step.number === undefined ? place + 1 : number(step.number, `${path}.number`, 0, 2 ** 53),
    caption: asText(step.caption) ?? "",
    address: link ? readable(link) : (asText(step.url) ?? ""),
    ...(link && { link }),
    time: ms === undefined ? "" : formatTimeOfDay(ms),
    ...(ms !== undefined && { moment: new Date(ms).toISOString() }),
    ...(step.still !== undefined && { still: step.still }),
  };
}

function linkOf(label: string, url: unknown): ReportContent["links"] {
  const safe = safeUrl(url);
  return safe ? [{ label, url: safe }] : [];
}

/** Returns a URL without scheme and trailing slash. */
function readable(url: string): string {
  const short = url.replace(/^https?:\/\//, "").replace(/\/$/, "");
  return short.length > 200 ? `${short.slice(0, 199)}…` : short;
}
