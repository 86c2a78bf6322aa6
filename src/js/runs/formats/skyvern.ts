import type { DescribedScreenshot } from "../../public-types.ts";
import { asObject, asObjects, asText, type Json, oneLine } from "../../task-records/json-fields.ts";
import { asTimestamp } from "../../task-records/timestamp.ts";
import { actionWords } from "../action-words.ts";
import { isPicture } from "../input/file-kind.ts";
import { nameOf } from "../input/record-path.ts";
import type { RecordFile, RecordFormat, RecordMatch } from "../record-format.ts";
import type { Run } from "../run.ts";

/** Path of an artifact: `tsk_1/03_0_stp_4/2026-11-30T10:00:05.123456_a_5_screenshot_action.png`; on Windows with "-" for ":". */
const ARTIFACT =
  /^(?<task>(?:.*\/)?)(?<order>\d{2,})_(?<retry>\d+)_(?<step>stp_[^/]+)\/(?:.*\/)?(?<time>\d{4}-\d\d-\d\dT\d\d[:-]\d\d[:-]\d\d(?:\.\d+)?)_(?<id>a_\w+?)_(?<kind>screenshot(?:_llm|_action|_pre_submit|_final)?|llm_response_parsed|llm_response)\.\w+$/;

type Artifact = { file: RecordFile; order: number; time: string; kind: string };

/**
 * Artifacts of Skyvern: a folder for each step with the picture that the language model got (several if Skyvern scrolled), a
 * picture after each action, and the answer of the model.
 */
export const format: RecordFormat = {
  name: "Skyvern artifacts",

  async detect(files) {
    const tasks = new Map<string, RecordFile[]>();
    for (const file of files.all) {
      const task = ARTIFACT.exec(file.path)?.groups?.task;
      if (task !== undefined) tasks.set(task, [...(tasks.get(task) ?? []), file]);
    }
    return [...tasks].flatMap(([task, artifacts]): RecordMatch[] => {
      const main = artifacts.find(isPicture);
      if (!main) return [];
      const beside = files.under(task.replace(/\/$/, ""));
      return [{ path: task.replace(/\/$/, "") || main.path, claims: beside, main }];
    });
  },

  async read({ claims, path }) {
    const artifacts = claims.flatMap(artifactOf).sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0));
    const screenshots: DescribedScreenshot[] = [];
    let answers: string[] = [];
    let isFirst = true;
    for (const { file, kind, order, time } of artifacts) {
      if (!isPicture(file)) {
        if (kind === "llm_response_parsed") answers = await captionsOf(file);
        continue;
      }
      // Except for the first, a picture for the model repeats the one after the previous action.
      const isShown = isFirst || /_action$|_final$|^screenshot$/.test(kind);
      isFirst = false;
      if (!isShown) continue;
      const caption = kind.endsWith("_action") ? answers.shift() : undefined;
      const timestampMs = asTimestamp(time.replace(/T(\d\d)-(\d\d)-(\d\d)/, "T$1:$2:$3"));
      screenshots.push({
        image: file.image(),
        number: order,
        ...(caption !== undefined && { caption }),
        ...(timestampMs !== undefined && { timestampMs }),
      });
    }
    const name = nameOf(path);
    const run: Run = { ...(name !== "" && { name }), tool: { name: "Skyvern" }, screenshots, warnings: [] };
    return [run];
  },
};

function artifactOf(file: RecordFile): Artifact[] {
  const groups = ARTIFACT.exec(file.path)?.groups;
  if (!groups) return [];
  return [{ file, order: Number(groups.order), time: groups.time!, kind: groups.kind! }];
}

/** Returns a caption for each action in an answer of the model: its intention, or else its type. */
async function captionsOf(file: RecordFile): Promise<string[]> {
  const answer = (await file.json()) as Json | undefined;
  return asObjects(asObject(answer)?.actions).map(({ intention, action_type: type }) => {
    return oneLine(asText(intention) ?? actionWords((asText(type) ?? "act").toLowerCase()));
  });
}
