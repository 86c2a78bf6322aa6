import type { DescribedScreenshot, Rect } from "../../public-types.ts";
import { asObject, asObjects, asText, type Json, oneLine, withoutUndefined } from "../../task-records/json-fields.ts";
import { asTimestamp } from "../../task-records/timestamp.ts";
import { actionWords } from "../action-words.ts";
import { folderOf } from "../input/record-path.ts";
import { inlinePicture } from "../pictures/picture-of-base64.ts";
import type { RecordFormat, RecordMatch } from "../record-format.ts";
import type { Run } from "../run.ts";
import { urlWithoutSecrets } from "../url-without-secrets.ts";

/** A call of a tool: its name and its arguments. */
type Call = { name: string; input: Json };
type ActStep = { image: string; url?: string | undefined; calls: readonly Call[] };

const OTHER_FILE = /^act_.*(?:_traces\.json|\.html)$/;

/**
 * Acts of Amazon Nova Act: `act_<id>_<prompt>_trajectory.json` from 3.0 on, `act_<id>_<prompt>_calls.json` before. Each picture was
 * taken before its step. The HTML page beside them shows the same pictures with the box of the action drawn on them.
 */
export const format: RecordFormat = {
  name: "Nova Act acts",

  async detect(files, { limits }) {
    const matches: RecordMatch[] = [];
    for (const main of files.all) {
      if (main.kind !== "json" || main.size > limits.textBytes || stepsOf(await main.json()).length === 0) continue;
      const beside = files.all.filter(
        (file) => OTHER_FILE.test(file.name) && folderOf(file.path) === folderOf(main.path),
      );
      matches.push({ path: main.path, claims: beside, main });
    }
    return matches;
  },

  async read({ main }, _files, { captionsOf }) {
    const record = await main.json();
    const trajectory = asObject(record) ?? {};
    const metadata = asObject(trajectory.metadata) ?? {};
    const name = asText(trajectory.prompt) ?? asText(asObject(asObjects(record)[0]?.request)?.prompt);
    const version = asText(trajectory.sdk_version);
    const run = withoutUndefined({
      name: name && oneLine(name),
      startedAtMs: asTimestamp(metadata.start_time),
      endedAtMs: asTimestamp(metadata.end_time),
      tool: withoutUndefined({ name: "Nova Act", version }),
      screenshots: stepsOf(record).map((step, i) => screenshotOf(step, i, captionsOf === "all")),
      warnings: [],
    });
    return [run as Run];
  },
};

/** Returns the steps of a trajectory (`{ sdk_version, steps }`) or of a list of calls (`[{ request, response }]`); none for other JSON. */
function stepsOf(record: unknown): ActStep[] {
  const trajectory = asObject(record);
  if (trajectory && asText(trajectory.sdk_version) !== undefined) {
    return asObjects(trajectory.steps).flatMap(({ image, active_url: url, program }) => {
      const calls = asObjects(asObject(program)?.calls);
      const own = calls.map((call) => ({ name: asText(call.name) ?? "", input: asObject(call.kwargs) ?? {} }));
      return typeof image === "string" && program !== undefined ? [{ image, url: asText(url), calls: own }] : [];
    });
  }
  return asObjects(record).flatMap(({ request, response }) => {
    const { screenshot, metadata } = asObject(request) ?? {};
    const body = asText(asObject(response)?.rawProgramBody);
    if (typeof screenshot !== "string" || body === undefined) return [];
    return [{ image: screenshot, url: asText(asObject(metadata)?.activeURL), calls: callsIn(body) }];
  });
}

function screenshotOf({ image, url, calls }: ActStep, index: number, showsTyped: boolean): DescribedScreenshot {
  const acts = calls.filter(({ name }) => !/^(?:think|return|takeObservation|wait)$/i.test(name));
  const captions = acts.map((call) => captionOf(call, showsTyped));
  return withoutUndefined({
    image: inlinePicture(image)?.image ?? image,
    number: index + 1,
    caption: captions.length > 0 ? captions.join(", ") : undefined,
    url,
    element: acts.map(({ input }) => boxOf(input.box)).find((box) => box !== undefined),
  }) as DescribedScreenshot;
}

function captionOf({ name, input }: Call, showsTyped: boolean): string {
  const words = actionWords(
    name
      .replace(/^agent(?=[A-Z])/, "")
      .replace(/([a-z])([A-Z])/g, "$1_$2")
      .toLowerCase(),
  );
  const url = asText(input.url);
  if (url !== undefined) return `Open ${urlWithoutSecrets(url)}`;
  const typed = asText(input.value);
  return showsTyped && typed !== undefined ? `${words} "${typed}"` : words;
}

/** Parses `<box>top,left,bottom,right</box>`, in pixels of the picture. */
function boxOf(text: unknown): Rect | undefined {
  const match = /^<box>(\d+),(\d+),(\d+),(\d+)<\/box>$/.exec(asText(text) ?? "");
  if (!match) return undefined;
  const [top, left, bottom, right] = match.slice(1).map(Number) as [number, number, number, number];
  return right > left && bottom > top ? { left, top, width: right - left, height: bottom - top } : undefined;
}

/** Returns the calls in a program such as `agentType("Apple", "<box>1,2,3,4</box>");`. The first text that is no box is the typed text. */
function callsIn(program: string): Call[] {
  return [...program.matchAll(/^\s*(?:await\s+)?([A-Za-z]\w*)\((.*)\);?\s*$/gm)].map(([, name, list]) => {
    const texts = [...list!.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, text]) => text!);
    const box = texts.find((text) => text.startsWith("<box>"));
    const value = texts.find((text) => !text.startsWith("<box>"));
    return { name: name!, input: withoutUndefined({ box, ...(name === "goToUrl" ? { url: value } : { value }) }) };
  });
}
