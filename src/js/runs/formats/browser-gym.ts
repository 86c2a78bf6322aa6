import { asNumber, asObject, asText } from "../../task-records/json-fields.ts";
import { isPicture } from "../input/file-kind.ts";
import { filesByFolder, folderOf, joinPath, nameOf } from "../input/record-path.ts";
import { sortNaturally } from "../natural-order/natural-order.ts";
import type { RecordFile, RecordFormat, RecordMatch } from "../record-format.ts";
import { plainError } from "../reports/report-frames.ts";
import type { Run } from "../run.ts";

/** Name of the picture of a step; those with "som" are copies with numbered boxes. */
const PICTURE = /^screenshot_(?<marked>som_)?step_\d+\.(?:png|jpe?g)$/;
const SUMMARY = "summary_info.json";

/**
 * Experiments of BrowserGym and AgentLab: `screenshot_step_N.png`, taken before each step, and a summary. The actions are in pickles,
 * which are programs and are never opened.
 */
export const format: RecordFormat = {
  name: "BrowserGym experiment",

  async detect(files) {
    const folders = await filesByFolder(files.all, (file) => isPicture(file) && PICTURE.test(file.name));
    return [...folders].flatMap(([folder, pictures]): RecordMatch[] => {
      if (pictures.every(isMarked)) return [];
      const summary = files.at(joinPath(folder, SUMMARY));
      const main = summary ?? pictures.find((file) => !isMarked(file))!;
      return [{ path: folder || main.path, claims: summary ? [...pictures, summary] : pictures, main }];
    });
  },

  async read({ claims, main }, files) {
    const paths = claims.filter((file) => isPicture(file) && !isMarked(file)).map(({ path }) => path);
    const summary = main.name === SUMMARY ? asObject(await main.json()) : undefined;
    const error = plainError(asText(summary?.err_msg));
    const reward = asNumber(summary?.cum_reward);
    const folder = nameOf(folderOf(main.path));
    const run: Run = {
      ...(folder !== "" && { name: folder }),
      ...(error !== undefined && { error }),
      ...statusOf(error !== undefined, reward, summary?.truncated === true),
      tool: { name: "BrowserGym" },
      screenshots: sortNaturally(paths).map((path, i) => ({
        image: files.at(path)!.image(),
        number: stepOf(path) ?? i,
      })),
      warnings: [],
    };
    return [run];
  },
};

const isMarked = (file: RecordFile) => PICTURE.exec(file.name)?.groups?.marked !== undefined;

/** Returns the number of a step, from 0. */
function stepOf(path: string): number | undefined {
  const number = /(\d+)\.\w+$/.exec(path)?.[1];
  return number === undefined ? undefined : Number(number);
}

/** Returns the status by the reward, which says whether the task was solved. */
function statusOf(hasError: boolean, reward: number | undefined, isTruncated: boolean): Pick<Run, "status"> {
  if (hasError) return { status: "failed" };
  if (reward !== undefined && reward > 0) return { status: "passed" };
  if (isTruncated) return { status: "stopped" };
  return reward === 0 ? { status: "failed" } : {};
}
