import { asObject, asObjects, asText, type Json, withoutUndefined } from "../../../task-records/json-fields.ts";
import { asString } from "../../as-string.ts";
import { folderOf, joinPath, nameOf } from "../../input/record-path.ts";
import type { RecordFile, RecordFormat, RecordMatch } from "../../record-format.ts";
import { type AllureResult, runsOfResults } from "./runs-of-results.ts";
import { filesOfSingleFile, isSingleFileReport } from "./single-file-report.ts";

/**
 * Sites that Allure generates from results: `data/test-cases/<id>.json` of Allure 2, `data/test-results/<id>.json` of
 * Allure 3, and the attachments beside these folders, or all of these in a single page. A site has the same tree of
 * steps under other names.
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

/** Returns the folder of the site if the file is one of its results. */
function siteOf({ path, kind }: RecordFile): string | undefined {
  const folder = folderOf(path);
  const data = folderOf(folder);
  if (kind !== "json" || !/^test-(?:cases|results)$/.test(nameOf(folder)) || nameOf(data) !== "data") return undefined;
  return folderOf(data);
}

/** Attached archives, such as traces, belong to their tests; any other archive in the folder is a record of its own. */
function withoutForeignArchives(site: string, files: readonly RecordFile[]): RecordFile[] {
  const attachments = joinPath(site, "data/attachments");
  const archives = files
    .filter(({ kind, path }) => kind === "zip" && folderOf(path) !== attachments)
    .map(({ path }) => path);
  return files.filter(({ path }) => !archives.some((archive) => path === archive || path.startsWith(`${archive}/`)));
}

/** Converts a result to the form that the adapters write; `undefined` if it is no result. */
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

/** Converts a step of Allure 2 or 3 to the form that the adapters write. */
function asAdapterStep(step: Json): Json {
  const time = asObject(step.time) ?? step;
  const inner = asObjects(step.steps);
  const links = inner.flatMap(({ type, link }) => (type === "attachment" ? [asLinkedAttachment(asObject(link))] : []));
  // The attachments of a step without other children belong to the step.
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

/** Converts a child step. An attachment listed as a step becomes a holder; if its file is lost, it is skipped. */
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

/**
 * Returns the parameters, which distinguish tests with equal names, without the number of the try that allure-playwright
 * adds.
 */
const parametersOf = ({ parameters }: Json) =>
  asObjects(parameters).flatMap(({ name, value }) => (name === "Retry" ? [] : [[name, value]]));
