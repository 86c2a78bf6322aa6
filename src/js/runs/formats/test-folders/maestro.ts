import { asNumber, asObject, asText, type Json } from "../../../task-records/json-fields.ts";
import { errorSummary } from "../../error-summary.ts";
import { isPicture } from "../../input/file-kind.ts";
import { folderOf, joinPath, nameOf } from "../../input/record-path.ts";
import { orderOf } from "../../pictures/picture-order.ts";
import type { RecordFile, RecordFiles, RecordFormat, RecordMatch } from "../../record-format.ts";
import type { ReportFrame } from "../../reports/report-frames.ts";
import { runOfTest } from "../../reports/reported-test.ts";

/** The commands of a flow: `commands-(Order an apple).json` beside its screenshots, or `commands.json` in its folder. */
const COMMANDS = /^commands(?:-\((?<flow>.+)\))?\.json$/;
/** Maestro's screenshot of a command: `screenshot-❌-1796033211265-(Order an apple).png`; with the flow in shared folders. */
const SCREENSHOT = /^screenshot-(?<sign>.+?)-(?<ms>\d+)(?:-\((?<flow>.+)\))?\.png$/;
/** Folders with screenshots taken by the flow itself, in the folder of the flow or above the folder of its commands. */
const OWN_FOLDERS = ["screenshots", "takeScreenshot"];

/** Debug output of Maestro: each flow is a run. Screenshots that a flow saves elsewhere are not included. */
export const format: RecordFormat = {
  name: "debug output of Maestro",

  async detect(files, { limits }) {
    const matches: RecordMatch[] = [];
    for (const main of files.all) {
      if (!COMMANDS.test(main.name) || main.kind !== "json" || main.size > limits.textBytes) continue;
      if (!commandsIn(await main.json())) continue;
      matches.push({ path: main.path, main, claims: [main, ...takenBy(main, files), ...ownOf(main, files)] });
    }
    return matches;
  },

  async read({ main }, files, context) {
    const commands = commandsIn(await main.json()) ?? [];
    const failed = commands.find(({ metadata }) => metadata.status === "FAILED");
    const message = asText(asObject(failed?.metadata.error)?.message);
    const own = orderOf(ownOf(main, files), "name");
    const frames: ReportFrame[] =
      typeof own === "string" ? [] : own.pictures.map(({ path }) => ({ reference: fromMain(main, path) }));
    for (const { path, name } of takenBy(main, files)) {
      const { sign, ms } = SCREENSHOT.exec(name)!.groups!;
      frames.push({ reference: fromMain(main, path), atMs: Number(ms), ...(sign === "❌" && { failed: true }) });
    }
    const run = await runOfTest(
      {
        name: COMMANDS.exec(main.name)!.groups?.flow ?? (nameOf(flowFolder(main)) || "flow"),
        status: failed ? "failed" : commands.every(isDone) ? "passed" : undefined,
        ...(message !== undefined && { error: errorSummary(message) }),
        startedAtMs: asNumber(commands[0]?.metadata.timestamp),
        frames,
      },
      { name: "Maestro" },
      main,
      files,
      context,
    );
    if (typeof own === "string") run.warnings.push({ code: "ORDER_UNKNOWN", message: own });
    else if (own.guess !== undefined) run.warnings.push({ code: "ORDER_GUESSED", message: own.guess });
    return [run];
  },
};

/** Returns a path relative to the file of the commands: all pictures are beside it or in the folder of the flow. */
function fromMain(main: RecordFile, path: string): string {
  const [folder, flow] = [folderOf(main.path), flowFolder(main)];
  const isBelow = folder === "" || path.startsWith(`${folder}/`);
  return isBelow
    ? path.slice(folder === "" ? 0 : folder.length + 1)
    : `../${path.slice(flow === "" ? 0 : flow.length + 1)}`;
}

type Command = { command: Json; metadata: Json };

const isDone = ({ metadata }: Command) => metadata.status === "COMPLETED" || metadata.status === "SKIPPED";

/** Returns the commands in JSON, if each item has a command and its outcome. */
function commandsIn(value: unknown): Command[] | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const commands = value.map((item) => {
    return { command: asObject(asObject(item)?.command), metadata: asObject(asObject(item)?.metadata) };
  });
  const areCommands = commands.every(({ command, metadata }) => command && asText(metadata?.status) !== undefined);
  return areCommands ? (commands as Command[]) : undefined;
}

/** Returns the folder of a flow: newer versions put the commands into `artifacts`. */
function flowFolder({ path }: RecordFile): string {
  const folder = folderOf(path);
  return nameOf(folder) === "artifacts" ? folderOf(folder) : folder;
}

/** Returns the screenshots that Maestro took of the flow, by time. */
function takenBy(main: RecordFile, files: RecordFiles): RecordFile[] {
  const folder = folderOf(main.path);
  const flow = COMMANDS.exec(main.name)!.groups?.flow;
  return files.all
    .filter((file) => isPicture(file) && folderOf(file.path) === folder)
    .flatMap((file) => {
      const groups = SCREENSHOT.exec(file.name)?.groups;
      // Only the name of the commands file keeps the slashes of a flow's name.
      return groups && groups.flow?.replaceAll("/", "_") === flow ? [{ file, ms: Number(groups.ms) }] : [];
    })
    .sort((a, b) => a.ms - b.ms)
    .map(({ file }) => file);
}

/** Returns the screenshots that the flow itself took, or that were taken of each step. */
function ownOf(main: RecordFile, files: RecordFiles): RecordFile[] {
  if (COMMANDS.exec(main.name)!.groups?.flow !== undefined) return [];
  const places = new Set(
    [flowFolder(main), folderOf(main.path)].flatMap((folder) => OWN_FOLDERS.map((own) => joinPath(folder, own))),
  );
  const pictures = files.all.filter((file) => isPicture(file) && places.has(folderOf(file.path)));
  const ofSteps = pictures.filter(({ path }) => nameOf(folderOf(path)) === OWN_FOLDERS[0]);
  return ofSteps.length > 0 ? ofSteps : pictures;
}
