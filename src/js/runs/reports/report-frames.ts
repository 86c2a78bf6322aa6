import type { DescribedScreenshot, ImageSource } from "../../public-types.ts";
import { isPicture } from "../input/file-kind.ts";
import { cutOutsOf, keptCutOuts } from "../pictures/cut-outs.ts";
import type { ReadContext, RecordFile, RecordFiles } from "../record-format.ts";
import type { RunWarning } from "../run.ts";
import { stripAnsi } from "../strip-ansi.ts";
import { embeddedPicture } from "./base64-in-report.ts";

/** A frame of a report: the reference to its picture, and its facts. */
export type ReportFrame = {
  /** A path, an address or a `data:` URL. */
  reference: string;
  caption?: string | undefined;
  url?: string | undefined;
  /** When the picture was taken, in ms since 1970. */
  atMs?: number | undefined;
  failed?: boolean | undefined;
};

/** Maximum number of missing pictures that a warning names. */
const MOST_NAMES = 3;

/**
 * Returns the screenshots of a run, numbered from 1 in the given order. Missing pictures are skipped with a warning.
 * Times are kept only if all frames have one and none goes back, since later stages sort by them.
 */
export async function screenshotsOf(
  frames: readonly ReportFrame[],
  from: RecordFile,
  files: RecordFiles,
  context: ReadContext,
): Promise<{ screenshots: DescribedScreenshot[]; warnings: RunWarning[] }> {
  const file = frames.some(({ reference }) => /^data:/i.test(reference)) ? await from.blob() : undefined;
  const screenshots: DescribedScreenshot[] = [];
  const missing: string[] = [];
  const hasTimes = frames.every(({ atMs }, i) => atMs !== undefined && (i === 0 || atMs >= frames[i - 1]!.atMs!));
  for (const [i, { reference, caption, url, atMs, failed }] of frames.entries()) {
    const image = await imageOf(reference, from, files, context, file);
    if (image === undefined) {
      missing.push(reference);
      continue;
    }
    screenshots.push({
      image,
      number: i + 1,
      ...(caption !== undefined && { caption }),
      ...(url !== undefined && { url }),
      ...(hasTimes && { timestampMs: atMs! }),
      ...(failed !== undefined && { failed }),
    });
  }
  const warnings = missing.length > 0 ? [missingWarning(missing, from)] : [];
  const smaller = await smallerFiles(frames, from, files);
  return { screenshots, warnings: smaller ? [...warnings, smaller] : warnings };
}

/** Returns the warning about picture files that may show only a part of the page. */
async function smallerFiles(
  frames: readonly ReportFrame[],
  from: RecordFile,
  files: RecordFiles,
): Promise<RunWarning | undefined> {
  const found = frames.flatMap(({ reference, caption }) => {
    const file = /^data:/i.test(reference) ? undefined : files.find(reference, from);
    return file && isPicture(file) ? [{ name: caption ?? file.name, image: file.image() }] : [];
  });
  const { smallerInBoth } = await cutOutsOf(found.map(({ image }) => image));
  return keptCutOuts(found.flatMap(({ name }, i) => (smallerInBoth.has(i) ? [name] : [])));
}

async function imageOf(
  reference: string,
  from: RecordFile,
  files: RecordFiles,
  { resolve, limits }: ReadContext,
  file: Blob | undefined,
): Promise<ImageSource | undefined> {
  if (file && /^data:/i.test(reference)) return embeddedPicture(reference, file, limits.imageBytes);
  const found = files.find(reference, from);
  if (found && isPicture(found)) return found.image();
  return resolve?.(reference);
}

function missingWarning(missing: readonly string[], { path }: RecordFile): RunWarning {
  const names = missing.slice(0, MOST_NAMES).map((name) => name.slice(0, 80));
  const more = missing.length > MOST_NAMES ? ` and ${missing.length - MOST_NAMES} more` : "";
  const message =
    `${path} names pictures that are not among its files: ${names.join(", ")}${more}; ` +
    "they are left out. Give the whole folder, or the pictures by options.resolve";
  return { code: "PICTURE_MISSING", message };
}

/** Returns an error text without ANSI colors; `undefined` if it is empty. */
export function plainError(text: string | undefined): string | undefined {
  return (text !== undefined && stripAnsi(text)) || undefined;
}

/** Warning for a failed run whose record does not show which picture belongs to the failure. */
export const FAILURE_UNSEEN: RunWarning = {
  code: "FAILURE_NOT_SHOWN",
  message: "the record does not say which picture shows the failure; the last one may be from before it",
};
