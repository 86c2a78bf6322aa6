import type { DescribedScreenshot } from "../../public-types.ts";
import { asNumber, asObject, asObjects, asText, type Json, withoutUndefined } from "../../task-records/json-fields.ts";
import { asString } from "../as-string.ts";
import { inlinePicture } from "../pictures/picture-of-base64.ts";
import type { RecordFormat, RecordMatch } from "../record-format.ts";
import type { Run } from "../run.ts";

/**
 * Reports and user flows of Lighthouse, as JSON or HTML: the filmstrip of each. The picture of the full page is not used.
 */
export const format: RecordFormat = {
  name: "Lighthouse reports",

  async detect(files, { limits }): Promise<readonly RecordMatch[]> {
    const matches: RecordMatch[] = [];
    for (const file of files.all) {
      if (file.size > limits.textBytes) continue;
      if ((await reportIn(file)) !== undefined) matches.push({ path: file.path, claims: [file], main: file });
    }
    return matches;
  },

  async read({ main }: RecordMatch): Promise<readonly Run[]> {
    const report = await reportIn(main);
    return report ? [readReport(report)] : [];
  },
};

/** Returns the reports of a flow; a single report counts as a flow of one. */
type Report = { name?: string; steps: { name?: string; lhr: Json }[] };

const DATA = /window\.__LIGHTHOUSE_(?:FLOW_)?JSON__ = /;

async function reportIn(file: RecordMatch["main"]): Promise<Report | undefined> {
  if (file.kind === "json") return asReport(await file.json());
  if (file.kind !== "html") return undefined;
  const html = await file.text();
  const start = DATA.exec(html);
  if (!start) return undefined;
  const from = start.index + start[0].length;
  const end = html.indexOf("</script>", from);
  try {
    return asReport(JSON.parse(html.slice(from, end).trim().replace(/;$/, "")));
  } catch {
    return undefined;
  }
}

function asReport(value: unknown): Report | undefined {
  const object = asObject(value);
  if (!object) return undefined;
  // PageSpeed Insights, and Lighthouse as a library, wrap the report.
  const lhr = [object, asObject(object.lighthouseResult), asObject(object.lhr)].find((it) => it && isResult(it));
  if (lhr) return { steps: [{ lhr }] };
  const steps = asObjects(object.steps).map(({ name, lhr }) => ({ name: asText(name), lhr: asObject(lhr) ?? {} }));
  if (steps.length === 0 || !steps.every(({ lhr }) => isResult(lhr))) return undefined;
  return withoutUndefined({ name: asText(object.name), steps: steps.map((step) => withoutUndefined(step)) }) as Report;
}

const isResult = ({ lighthouseVersion, audits }: Json) =>
  asText(lighthouseVersion) !== undefined && asObject(audits) !== undefined;

function readReport({ name, steps }: Report): Run {
  const [first] = steps;
  const startedAtMs = momentOf(first?.lhr);
  const screenshots = steps.flatMap((step) => filmstrip(step));
  const failed = steps.map(({ lhr }) => asObject(lhr.runtimeError)).find((error) => error !== undefined);
  const without = steps.filter((step) => filmstrip(step).length === 0).length;
  const isFlow = steps.length > 1 || name !== undefined;
  return withoutUndefined({
    name: name ?? urlOf(first?.lhr),
    status: failed ? "failed" : undefined,
    error: failed && (asText(failed.message) ?? asText(failed.code)),
    startedAtMs,
    tool: withoutUndefined({ name: "Lighthouse", version: asText(first?.lhr.lighthouseVersion) }),
    screenshots: screenshots.map((screenshot, i) => ({ ...screenshot, number: i + 1 })),
    warnings: [
      ...(without > 0 && screenshots.length > 0
        ? [
            {
              code: "NO_SCREENSHOTS",
              message: `${without} of ${steps.length} steps have no filmstrip: snapshots have none`,
            },
          ]
        : []),
      ...(screenshots.length === 0
        ? [
            {
              code: "NO_SCREENSHOTS",
              message: `the ${isFlow ? "flow" : "report"} has no filmstrip: run Lighthouse with the performance category`,
            },
          ]
        : []),
    ],
  }) as Run;
}

/** Returns the frames of a step. `timing` is in ms from its start. */
function filmstrip({ name, lhr }: Report["steps"][number]): DescribedScreenshot[] {
  const details = asObject(asObject(asObject(lhr.audits)?.["screenshot-thumbnails"])?.details);
  const start = momentOf(lhr);
  return asObjects(details?.items).flatMap(({ data, timing }): DescribedScreenshot[] => {
    const picture = inlinePicture(data);
    if (!picture) return [];
    const atMs = asNumber(timing);
    const timestampMs = start === undefined || atMs === undefined ? undefined : start + atMs;
    return [
      withoutUndefined({ image: picture.image, caption: name, url: urlOf(lhr), timestampMs }) as DescribedScreenshot,
    ];
  });
}

function urlOf(lhr: Json | undefined): string | undefined {
  return asText(lhr?.finalDisplayedUrl) ?? asText(lhr?.finalUrl) ?? asText(lhr?.requestedUrl);
}

function momentOf(lhr: Json | undefined): number | undefined {
  const ms = Date.parse(asString(lhr?.fetchTime));
  return Number.isNaN(ms) ? undefined : ms;
}
