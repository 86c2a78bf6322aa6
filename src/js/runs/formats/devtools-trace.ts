import type { DescribedScreenshot } from "../../public-types.ts";
import { isSingleColorJpeg } from "../../sources/single-color-jpeg.ts";
import { asNumber, asObject, asObjects, asText, type Json, withoutUndefined } from "../../task-records/json-fields.ts";
import { asString } from "../as-string.ts";
import { inlinePicture } from "../pictures/picture-of-base64.ts";
import type { ReadContext, RecordFormat, RecordMatch } from "../record-format.ts";
import type { Run } from "../run.ts";

/**
 * Performance traces of Chromium with screenshots, by DevTools, Puppeteer or chrome-devtools-mcp: one `Screenshot` event for each change
 * of the page. The pictures are small and have no actions.
 */
export const format: RecordFormat = {
  name: "DevTools traces",

  async detect(files, { limits }): Promise<readonly RecordMatch[]> {
    const matches: RecordMatch[] = [];
    for (const file of files.all) {
      if ((file.kind !== "json" && file.kind !== "jsonl") || file.size > limits.textBytes) continue;
      if (!eventsOf(await file.json()).some(isScreenshot)) continue;
      matches.push({ path: file.path, claims: [file], main: file });
    }
    return matches;
  },

  async read({ main }: RecordMatch, _files, context: ReadContext): Promise<readonly Run[]> {
    return [readTrace(await main.json(), context)];
  },
};

/** Returns the events of a trace, which is an object or a list. */
function eventsOf(value: unknown): readonly Json[] {
  const events = asObject(value)?.traceEvents ?? value;
  return Array.isArray(events) ? (events as Json[]) : [];
}

/** Whether an event is a screenshot; `ph` is "O" in old traces and "I" in new ones. */
function isScreenshot(event: unknown): boolean {
  const { name, ph, ts, args } = asObject(event) ?? {};
  return (
    name === "Screenshot" &&
    asText(ph) !== undefined &&
    Number.isFinite(ts) &&
    asText(asObject(args)?.snapshot) !== undefined
  );
}

function readTrace(value: unknown, { skipBlank }: ReadContext): Run {
  const events = eventsOf(value).filter((event) => asObject(event) !== undefined);
  const commits = pageCommits(events);
  const startedAtMs = momentOf(asObject(asObject(value)?.metadata)?.startTime);
  const all = events.filter(isScreenshot).sort((a, b) => (asNumber(a.ts) ?? 0) - (asNumber(b.ts) ?? 0));
  const begins = asNumber((events.find(({ name }) => name === "TracingStartedInBrowser") ?? all[0])?.ts) ?? 0;
  const screenshots: DescribedScreenshot[] = [];
  const sources = new Set<unknown>();
  let last: string | undefined;
  let unreadable = 0;
  for (const event of all) {
    const { snapshot, source_id: source } = asObject(event.args) ?? {};
    if (snapshot === last) continue; // a screencast repeats itself
    last = snapshot as string;
    const picture = inlinePicture(last);
    const url = commits.findLast(({ ts }) => ts <= (asNumber(event.ts) ?? 0))?.url;
    if (!picture) unreadable++;
    else if (!skipBlank || screenshots.length > 0 || !isBlank(picture.image, url)) {
      sources.add(source);
      const timestampMs =
        startedAtMs === undefined
          ? (asNumber(event.ts) ?? 0) / 1000
          : startedAtMs + ((asNumber(event.ts) ?? 0) - begins) / 1000;
      screenshots.push(withoutUndefined({ image: picture.image, number: screenshots.length + 1, url, timestampMs }));
    }
  }
  return withoutUndefined({
    name: commits.find(({ url }) => url !== "about:blank")?.url,
    startedAtMs,
    tool: { name: "DevTools performance trace" },
    screenshots,
    warnings: warningsOf(startedAtMs, unreadable, sources.size),
  }) as Run;
}

/** Returns the blank pictures before the first page: the tab is empty, or the picture has a single color. */
function isBlank(image: string, url: string | undefined): boolean {
  return url === "about:blank" || isSingleColorJpeg(image.slice(image.indexOf(",") + 1));
}

/** Returns the addresses of the page in order, if the trace has events with them. */
function pageCommits(events: readonly Json[]): { ts: number; url: string }[] {
  const commits = events.flatMap((event): { ts: number; url: string }[] => {
    const data = asObject(asObject(event.args)?.data);
    const ts = asNumber(event.ts);
    if (!data || ts === undefined) return [];
    if (event.name === "TracingStartedInBrowser") {
      const [main] = asObjects(data.frames).filter(({ parent }) => parent === undefined);
      const url = asText(main?.url);
      return url ? [{ ts, url }] : [];
    }
    const isMain =
      data.isOutermostMainFrame === true || (data.isOutermostMainFrame === undefined && data.isMainFrame === true);
    const url = asText(data.url);
    return event.name === "CommitLoad" && isMain && url ? [{ ts, url }] : [];
  });
  return commits.sort((a, b) => a.ts - b.ts);
}

function momentOf(time: unknown): number | undefined {
  const ms = Date.parse(asString(time));
  return Number.isNaN(ms) ? undefined : ms;
}

function warningsOf(startedAtMs: number | undefined, unreadable: number, sources: number): Run["warnings"] {
  const warnings: Run["warnings"] = [];
  if (startedAtMs === undefined) {
    warnings.push({
      code: "TIMES_RELATIVE",
      message: "the times are those of the trace's own clock: only what lies between them is real",
    });
  }
  if (unreadable > 0)
    warnings.push({ code: "PICTURE_MISSING", message: `${unreadable} screenshots of the trace are no pictures` });
  if (sources > 1) {
    warnings.push({
      code: "SEVERAL_PAGES",
      message: `the trace has screenshots of ${sources} windows, which are shown in the order of their times`,
    });
  }
  return warnings;
}
