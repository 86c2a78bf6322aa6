import { asObject, asObjects, asText, type Json, withoutUndefined } from "../../../task-records/json-fields.ts";
import { asString } from "../../as-string.ts";
import { folderOf, joinPath, nameOf } from "../../input/record-path.ts";
import type { RecordFile, RecordFormat, RecordMatch } from "../../record-format.ts";
import { type AllureResult, runsOfResults } from "./runs-of-results.ts";
import { filesOfSingleFile, isSingleFileReport } from "./single-file-report.ts";

/**
 * Sites that Allure generates from results: `data/test-cases/<id>.json` of Allure 2, `data/test-results/<id>.json` of
 * Allure 3, and the attachments beside these folders, or all of these in a single page. A site has the same tree of steps
 * under other names.
 */
export const format: RecordFormat = {
  name: "Allure reports",

  async detect(files, context) {
    const sites = new Map<string, RecordFile>();
    const pages: RecordMatch[] = [];
    for (const file of files.all) {
      if (await isSingleFileReport(file, context)) pages.push({ path: file.path, claims: [file], main: file });
      const site = siteOf(file);
      if (site === undefined || sites.has(site)) continue;
      if (resultIn(await file.json()) !== undefined) sites.set(site, file);
    }
    const folders = [...sites].map(([site, main]): RecordMatch => {
      return { path: site || main.path, claims: withoutForeignArchives(site, files.under(site)), main };
    });
    return [...folders, ...pages];
  },

  async read({ main, claims }, files, context) {
    if (main.kind === "html") {
      const inside = await filesOfSingleFile(main, context);
      return runsOfResults(await resultsAmong(inside.all), inside, context);
    }
    const folder = folderOf(main.path);
    return runsOfResults(await resultsAmong(claims.filter(({ path }) => folderOf(path) === folder)), files, context);
  },
};

async function resultsAmong(files: readonly RecordFile[]): Promise<AllureResult[]> {
  const results: AllureResult[] = [];
  for (const file of files) {
    const result = siteOf(file) === undefined ? undefined : resultIn(await file.json());
    if (result) results.push({ ...result, file });
  }
  return results;
}

/** The folder of the site that a file is a result of; nothing for any other file. */
function siteOf({ path, kind }: RecordFile): string | undefined {
  const folder = folderOf(path);
  const data = folderOf(folder);
  if (kind !== "json" || !/^test-(?:cases|results)$/.test(nameOf(folder)) || nameOf(data) !== "data") return undefined;
  return folderOf(data);
}

/** Archives that are attached, such as traces, belong to their tests; any other in the folder is a record of its own. */
function withoutForeignArchives(site: string, files: readonly RecordFile[]): RecordFile[] {
  const attachments = joinPath(site, "data/attachments");
  const archives = files
    .filter(({ kind, path }) => kind === "zip" && folderOf(path) !== attachments)
    .map(({ path }) => path);
  return files.filter(({ path }) => !archives.some((archive) => path === archive || path.startsWith(`${archive}/`)));
}

/** A result in the form in which the adapters write it; nothing for what is none. */
function resultIn(value: unknown): Omit<AllureResult, "file"> | undefined {
  const result = asObject(value);
  if (!result || asText(result.name) === undefined || !Array.isArray(result.labels)) return undefined;
  const isVersion2 = asText(result.uid) !== undefined && asObject(result.time) !== undefined;
  if (!isVersion2 && (asText(result.id) === undefined || !Array.isArray(result.steps))) return undefined;
  const stage = asObject(result.testStage); // a test that was skipped has none
  const message = isVersion2 ? result.statusMessage : asObject(result.error)?.message;
  const [befores, afters] = isVersion2 ? [result.beforeStages, result.afterStages] : [result.setup, result.teardown];
  return {
    result: {
      ...asAdapterStep(isVersion2 ? { ...result, steps: stage?.steps, attachments: stage?.attachments } : result),
      labels: result.labels,
      historyId: asText(result.historyId) ?? JSON.stringify([result.fullName ?? result.name, parametersOf(result)]),
      statusDetails: { message },
    },
    befores: asObjects(befores).map(asAdapterStep),
    afters: asObjects(afters).map(asAdapterStep),
  };
}

/** A step of either version as the adapters write it. */
function asAdapterStep(step: Json): Json {
  const time = asObject(step.time) ?? step;
  const inner = asObjects(step.steps);
  const links = inner.flatMap(({ type, link }) => (type === "attachment" ? [asLinkedAttachment(asObject(link))] : []));
  // Where nothing else is in a step, its attachments are its own.
  const hasOnlyLinks = links.length === inner.length;
  const own = asObjects(step.attachments).flatMap((attachment) => asAdapterAttachment(attachment));
  return withoutUndefined({
    name: step.name,
    status: step.attachmentStep === true ? undefined : step.status,
    start: time.start,
    stop: time.stop,
    steps: hasOnlyLinks ? [] : inner.flatMap(asAdapterChild),
    attachments: hasOnlyLinks ? [...own, ...links.flat()] : own,
  });
}

/** A step in a step. An attachment that stands as a step is its holder; where its file was lost, it is left out. */
function asAdapterChild(child: Json): Json[] {
  const link = child.type === "attachment" ? asObject(child.link) : undefined;
  if (link) return [{ name: link.name, attachments: asLinkedAttachment(link) }];
  const step = asAdapterStep(child);
  const isLost = child.attachmentStep === true && asObjects(step.attachments).length === 0;
  return isLost ? [] : [step];
}

const asLinkedAttachment = (link: Json | undefined): Json[] =>
  asAdapterAttachment({ ...link, type: link?.contentType, source: asString(link?.id) + asString(link?.ext) });

function asAdapterAttachment({ name, type, source }: Json): Json[] {
  const file = asText(source);
  return file === undefined ? [] : [{ name, type, source: joinPath("../attachments", file) }];
}

/** What tells tests of one name apart; allure-playwright has the number of a try among the parameters. */
const parametersOf = ({ parameters }: Json) =>
  asObjects(parameters).flatMap(({ name, value }) => (name === "Retry" ? [] : [[name, value]]));
