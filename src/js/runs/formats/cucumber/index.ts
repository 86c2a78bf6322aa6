import { isPicture } from "../../input/file-kind.ts";
import { filesByFolder, folderOf } from "../../input/record-path.ts";
import type { ReadContext, RecordFile, RecordFiles, RecordFormat, RecordMatch } from "../../record-format.ts";
import type { Run, RunTool } from "../../run.ts";
import { isJsonReport, scenariosOfJson, toolOfJson } from "./json-report.ts";
import { isMessageFile, isMessagePage, readMessageFile, readMessagePage } from "./message-files.ts";
import { runOfScenario, scenarioNames } from "./run-of-scenario.ts";
import type { Scenario } from "./scenario.ts";

/** Names of the files in which an HTML report keeps its attachments. */
const ATTACHMENT = /^attachment-[0-9a-f-]{36}\.\w+$/;

/**
 * Reports of Cucumber, in any language, and of Behave: messages (NDJSON), the HTML report, which holds the same, and
 * JSON. Each try of a scenario is a run. The reports in one folder are of one run of the tool.
 */
export const format: RecordFormat = {
  name: "Cucumber reports",

  async detect(files, context) {
    const folders = await filesByFolder(files.all, (file) => isReport(file, context));
    return [...folders].map(([folder, reports]): RecordMatch => {
      const beside = files.under(folder).filter((file) => folderOf(file.path) === folder);
      const attachments = beside.filter((file) => isPicture(file) && ATTACHMENT.test(file.name));
      return { path: reports[0]!.path, main: reports[0]!, claims: [...reports, ...attachments] };
    });
  },

  async read({ claims }: RecordMatch, files: RecordFiles, context: ReadContext): Promise<Run[]> {
    const found: { scenario: Scenario; tool: RunTool; file: RecordFile }[] = [];
    for (const file of inOrder(claims)) {
      const { scenarios, tool } = await readReport(file, context);
      // The same scenario in two reports is one run.
      const earlier = found.map(({ scenario }) => scenario);
      for (const scenario of scenarios) {
        if (!earlier.some((other) => isSame(other, scenario))) found.push({ scenario, tool, file });
      }
    }
    const names = scenarioNames(found.map(({ scenario }) => scenario));
    return Promise.all(
      found.map(({ scenario, tool, file }, i) => runOfScenario(scenario, names[i]!, tool, file, files, context)),
    );
  },
};

async function isReport(file: RecordFile, context: ReadContext): Promise<boolean> {
  if (file.kind === "json") return file.size <= context.limits.textBytes && isJsonReport(await file.json());
  return (await isMessageFile(file)) || (await isMessagePage(file, context));
}

async function readReport(file: RecordFile, context: ReadContext): Promise<{ scenarios: Scenario[]; tool: RunTool }> {
  if (file.kind === "jsonl") return readMessageFile(file, context);
  if (file.kind === "html") return readMessagePage(file, context);
  const json = await file.json();
  return isJsonReport(json)
    ? { scenarios: scenariosOfJson(json), tool: toolOfJson(json) }
    : { scenarios: [], tool: { name: "Cucumber" } };
}

/** Returns the reports among the files of a record, the most detailed first. */
function inOrder(claims: readonly RecordFile[]): RecordFile[] {
  return ["jsonl", "html", "json"].flatMap((kind) => claims.filter((file) => file.kind === kind));
}

/** Whether two scenarios are the same. JSON reports have no ids, and only the last try of each scenario. */
function isSame(a: Scenario, b: Scenario): boolean {
  if (a.id !== undefined && b.id !== undefined) return a.id === b.id;
  return a.id !== b.id && a.name === b.name && a.feature === b.feature;
}
