import { folderOf, joinPath, nameOf } from "../input/record-path.ts";
import type { RecordFile, RecordFiles } from "../record-format.ts";

/** A picture of a comparison by its name: `login-actual.png`, as Playwright and jest-image-snapshot write it. */
const NAME = /.[-_.](?<role>actual|expected|diff|previous|received)(?<end>\.\w+)$/;
const NAME_ROLES = ["actual", "expected", "diff", "previous", "received"];
/** An attachment of Playwright's `toHaveScreenshot` that shows no page; the actual side shows it. */
const PLAYWRIGHT_SIDE = /-(?:expected|previous|diff)(?:\.png)?$/;
/** Names of folders of which each has the same pictures, as reg-suit writes them. */
const FOLDER_ROLES = ["actual", "expected", "diff", "baseline", "reference"];
/** Folders of BackstopJS. */
const BACKSTOP = /(?:^|\/)bitmaps_(?:test|reference)(?:\/|$)/;

/**
 * Whether a picture is one side of a visual comparison, or the difference: such pictures are no steps of a run. It is told
 * by its name and that of another side, or by the folders that they stand in.
 */
export function isComparedPicture({ path, name }: RecordFile, files: RecordFiles): boolean {
  const folder = folderOf(path);
  if (BACKSTOP.test(folder)) return true;
  const { role, end } = NAME.exec(name)?.groups ?? {};
  const sides = NAME_ROLES.filter((other) => role !== undefined && other !== role);
  if (sides.some((side) => files.at(joinPath(folder, name.replace(`${role}${end}`, `${side}${end}`))))) return true;
  const [own, above] = [nameOf(folder), folderOf(folder)];
  return (
    FOLDER_ROLES.includes(own) &&
    FOLDER_ROLES.some((other) => other !== own && files.at(joinPath(above, `${other}/${name}`)) !== undefined)
  );
}

/** Whether an attachment of Playwright, by its name, is a side of a visual comparison that shows no page of the run. */
export const isComparedAttachment = (name: string): boolean => PLAYWRIGHT_SIDE.test(name);
