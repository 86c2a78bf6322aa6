import { TaskGifError } from "../../task-gif-error.ts";
import { isPicture, KIND_NAMES } from "../input/file-kind.ts";
import { folderOf, joinPath, nameOf } from "../input/record-path.ts";
import { isComparedPicture } from "../pictures/is-compared-picture.ts";
import { markedDoubles } from "../pictures/marked-doubles.ts";
import { orderOf } from "../pictures/picture-order.ts";
import { joinStepFolders } from "../pictures/step-folders.ts";
import type { ReadContext, RecordFile, RecordFiles, RecordFormat, RecordMatch } from "../record-format.ts";
import type { Run, RunWarning } from "../run.ts";

/** Names of records that other formats read. */
const RECORD = /^(?:task|steps|history|agent_history)\.jsonl?$/i;
/** Files that systems and tools create beside pictures. */
const INCIDENTAL = /^(?:\.|~\$|thumbs\.db$|desktop\.ini$|icon\r$|favicon)/i;
/** Maximum number of names in a warning. */
const MOST_NAMES = 3;

/**
 * Folders of pictures without a record: each folder with pictures is a run, in the order of their names. Folders with a
 * record, and folders inside them, are left out: pictures that the record does not mention are not part of its runs.
 */
export const format: RecordFormat = {
  name: "folder of pictures",

  async detect(files, { order }, earlier) {
    const known = earlier.map((match) => folderOfRecord(match, files));
    for (const { name, path } of files.all) if (RECORD.test(name)) known.push(folderOf(path));
    const folders = new Map<string, RecordFile[]>();
    let compared: RecordFile | undefined;
    for (const file of files.all) {
      const folder = folderOf(file.path);
      if (!isPicture(file) || isIncidental(file, files) || known.some((of) => isWithin(folder, of))) continue;
      if (isComparedPicture(file, files)) compared ??= file;
      else if (!isThumbnail(file, files)) folders.set(folder, [...(folders.get(folder) ?? []), file]);
    }
    if (compared && folders.size === 0 && earlier.length === 0)
      throw new TaskGifError("UNKNOWN_RECORD", comparedMessage(compared));
    const matches = [...joinStepFolders(folders)].map(([folder, pictures]): RecordMatch => {
      const own = new Set(pictures.map(({ path }) => folderOf(path)));
      const beside = files.under(folder).filter((file) => own.has(folderOf(file.path)));
      return { path: folder, claims: beside.filter((file) => !isComparedPicture(file, files)), main: pictures[0]! };
    });
    const isAlone = earlier.length === 0 && matches.length > 0;
    const [only, ...others] = isAlone ? matches.flatMap(picturesOf) : [];
    if (only?.kind === "gif" && others.length === 0) throw new TaskGifError("UNKNOWN_RECORD", gifMessage(only));
    if (isAlone && matches.every((match) => typeof orderIn(match, order) === "string")) {
      const [first] = matches;
      throw new TaskGifError("ORDER_UNKNOWN", orderIn(first!, order) as string);
    }
    return matches;
  },

  async read(match, files, { order }) {
    const ordered = orderIn(match, order);
    const warnings: RunWarning[] = [];
    if (typeof ordered === "string") warnings.push({ code: "ORDER_UNKNOWN", message: ordered });
    else if (ordered.guess !== undefined) warnings.push({ code: "ORDER_GUESSED", message: ordered.guess });
    const others = match.claims.filter((file) => !isPicture(file) && !INCIDENTAL.test(file.name));
    if (others.length > 0) warnings.push(skippedWarning("files of another kind", others));
    const beside = files.under(match.path).filter((file) => folderOf(file.path) === match.path);
    const compared = beside.filter((file) => isPicture(file) && isComparedPicture(file, files));
    if (compared.length > 0) warnings.push(skippedWarning("pictures of a visual comparison", compared));
    const pictures = new Set(picturesOf(match));
    const gifs = match.claims.filter((file) => file.kind === "gif" && !pictures.has(file));
    if (gifs.length > 0) warnings.push(skippedWarning("GIFs beside other pictures", gifs));
    const marked = markedIn(match);
    if (marked.length > 0)
      warnings.push(skippedWarning("pictures with marks on them, beside the same without,", marked));
    const steps = match.claims.find(({ path }) => folderOf(path) !== match.path);
    if (steps) warnings.push(stepsWarning(steps));
    const shown = typeof ordered === "string" ? [] : ordered.pictures;
    const run: Run = {
      ...(match.path !== "" && { name: match.path }),
      tool: { name: "folder of pictures" },
      screenshots: shown.map(({ file }, i) => ({ image: file.image(), number: i + 1 })),
      warnings,
    };
    return [run];
  },
};

const comparedMessage = ({ path }: RecordFile) =>
  `expected screenshots of the steps of a run, found pictures of a visual comparison, such as ${path}: what was expected, what was seen, and the difference`;

const gifMessage = ({ path }: RecordFile) =>
  `expected the record of a run, found ${path}, a GIF, which is what one ends in: give what it was made of, such as the history.json of browser-use that lies beside it`;

/** Returns the folder of a record; for a record at the root of an archive, the folder of the archive. */
function folderOfRecord({ main, claims }: RecordMatch, files: RecordFiles): string {
  const folder = folderOf(main.path);
  const isArchive = files.at(folder) !== undefined || claims.some(({ path }) => path === folder);
  return isArchive ? folderOf(folder) : folder;
}

/** Returns the pictures of a run. A GIF beside other pictures is left out, since it was made of them. */
function picturesOf({ claims }: RecordMatch): readonly RecordFile[] {
  const pictures = claims.filter((file) => isPicture(file) && !INCIDENTAL.test(file.name));
  const stills = pictures.filter(({ kind }) => kind !== "gif");
  return stills.length > 0 ? stills : pictures;
}

/** Returns the annotated pictures of a run that also exist without annotations. */
function markedIn(match: RecordMatch): readonly RecordFile[] {
  const folders = new Map<string, RecordFile[]>();
  for (const file of picturesOf(match)) {
    folders.set(folderOf(file.path), [...(folders.get(folderOf(file.path)) ?? []), file]);
  }
  return [...folders.values()].flatMap((pictures) => [...markedDoubles(pictures)]);
}

/** Returns the pictures of a run in order, or why there is no order. Pictures in folders of steps are sorted by path. */
function orderIn(match: RecordMatch, order: ReadContext["order"]) {
  const marked = new Set(markedIn(match));
  const start = match.path === "" ? 0 : match.path.length + 1;
  const named = picturesOf(match).flatMap((file) => {
    return marked.has(file) ? [] : [{ file, name: file.path.slice(start), modifiedMs: file.modifiedMs }];
  });
  return orderOf(named, order);
}

const stepsWarning = ({ path }: RecordFile): RunWarning => ({
  code: "MEANING_GUESSED",
  message: `folders such as ${nameOf(folderOf(path))} were taken for the steps of one run`,
});

/** Whether a folder is equal to another or inside it. */
const isWithin = (folder: string, other: string) => other === "" || folder === other || folder.startsWith(`${other}/`);

/** Whether a file belongs to the operating system, or to the page of a Vitest report. */
const isIncidental = ({ path, name }: RecordFile, files: RecordFiles) =>
  INCIDENTAL.test(name) || (name === "bg.png" && files.at(joinPath(folderOf(path), "html.meta.json.gz")) !== undefined);

/** Whether a picture is a thumbnail of one in the parent folder. */
function isThumbnail({ path, name }: RecordFile, files: RecordFiles): boolean {
  const folder = folderOf(path);
  if (!/^(?:thumbnails?|thumbs)$/i.test(nameOf(folder))) return false;
  return files.at(joinPath(folderOf(folder), name)) !== undefined;
}

function skippedWarning(what: string, skipped: readonly RecordFile[]): RunWarning {
  const names = skipped.slice(0, MOST_NAMES).map(({ name, kind }) => `${name} (${KIND_NAMES[kind]})`);
  const more = skipped.length > MOST_NAMES ? ` and ${skipped.length - MOST_NAMES} more` : "";
  return { code: "FILES_SKIPPED", message: `${what} are left out: ${names.join(", ")}${more}` };
}
