import { folderOf, joinPath } from "../input/record-path.ts";
import type { RecordFile, RecordFiles } from "../record-format.ts";

/**
 * Names of pictures of a comparison: `login-actual.png` of Playwright and plugins for Cypress, `chrome~current_0.png` of
 * Testplane.
 */
const NAME = /.[-_.~](?<role>actual|expected|diff|previous|received|current|reference|ref|base)(?<end>(?:_\d+)?\.\w+)$/;
const NAME_ROLES = ["actual", "expected", "diff", "previous", "received", "current", "reference", "ref", "base"];
/** Folders that have the same pictures each: of reg-suit, Loki, Lost Pixel and services of WebdriverIO. */
const FOLDER_ROLES = "actual expected diff difference baseline base reference current latest comparison".split(" ");
/** Folders that contain only comparisons: of BackstopJS, jest-image-snapshot, Playwright and Vitest. */
const FOLDER =
  /(?:^|\/)(?:bitmaps_(?:test|reference)|__image_snapshots__|__diff_output__|[^/]+\.[cm]?[jt]sx?-snapshots)(?:\/|$)/;
/** Names of BackstopJS, beside its report: `stall_Open_0_document_0_phone.png`. */
const BACKSTOP_NAME = /_\d+_.+_\d+_[^_]+\.png$/;
/** Prefix of the name of a difference of BackstopJS. */
const FAILED = "failed_diff_";
/** A file beside the differences that BackstopJS copies into its report. */
const BACKSTOP_PAGE = "divergedWorker.js";
/** Names of reference pictures of these tools, in any folder. */
const REFERENCE = /-\d+-snap\.png$|.-(?:linux|darwin|win32)\.png$|.~(?:current|ref|diff)_[\d_]+\.png$/;
/** An attachment of Playwright's `toHaveScreenshot` that shows no page; the actual side shows it. */
const PLAYWRIGHT_SIDE = /-(?:expected|previous|diff)(?:\.png)?$/;

/**
 * Whether a picture is a side of a visual comparison, or the difference: such pictures are no steps of a run. Decided by its name
 * and that of another side, or by their folders.
 */
export function isComparedPicture({ path, name }: RecordFile, files: RecordFiles): boolean {
  const folder = folderOf(path);
  if (FOLDER.test(folder) || REFERENCE.test(name) || files.at(joinPath(folder, BACKSTOP_PAGE))) return true;
  if (BACKSTOP_NAME.test(name) && files.at(joinPath(folder, "report.json"))) return true;
  if (name.startsWith(FAILED) || files.at(joinPath(folder, FAILED + name))) return true;
  const { role, end } = NAME.exec(name)?.groups ?? {};
  const sides = NAME_ROLES.filter((other) => role !== undefined && other !== role);
  if (sides.some((side) => files.at(joinPath(folder, name.replace(`${role}${end}`, `${side}${end}`))))) return true;
  const parts = path.split("/");
  const isBeside = (other: string, i: number) =>
    other !== parts[i] && files.at([...parts.slice(0, i), other, ...parts.slice(i + 1)].join("/")) !== undefined;
  return parts.some((part, i) => FOLDER_ROLES.includes(part) && FOLDER_ROLES.some((other) => isBeside(other, i)));
}

/** Whether an attachment of Playwright with this name is a side of a visual comparison that does not show the page of the run. */
export const isComparedAttachment = (name: string): boolean => PLAYWRIGHT_SIDE.test(name);
