import type { DescribedScreenshot, ImageSource } from "../../../public-types.ts";
import { cutOutsOf, keptCutOuts, skippedCutOuts } from "../../pictures/cut-outs.ts";
import { isComparedAttachment } from "../../pictures/is-compared-picture.ts";
import type { RunWarning } from "../../run.ts";
import type { ResultAttachment, TestResult } from "./test-result.ts";

/** Names of the screenshots that Playwright takes itself. */
const GENERIC = /^(?:screenshot|image)$/i;
/** A picture that Playwright takes when a test has failed. */
const OF_FAILURE = /(?:^|[\\/])test-failed-\d+\.(?:png|jpe?g)$/;

/**
 * Whether an attachment is a screenshot. GIFs are not: they are made from screenshots, such as by this package's
 * reporter.
 */
export function isScreenshot({ name, contentType }: ResultAttachment): boolean {
  return contentType.startsWith("image/") && contentType !== "image/gif" && !isComparedAttachment(name);
}

/** Whether the test chose the name of an attachment. */
export const isNamedByTest = ({ name }: ResultAttachment): boolean => !GENERIC.test(name);

/**
 * The screenshots of a result, attachments without a picture, and warnings about pictures that may not show the page.
 */
export type AttachedScreenshots = { screenshots: DescribedScreenshot[]; missing: string[]; warnings: RunWarning[] };

/**
 * Returns the screenshots among the attachments of a result, in their order. The failure is shown by the pictures of
 * failed steps, or else by the last one that Playwright took itself, or else by the last one. Attachments for which
 * `imageOf` returns nothing are `missing`.
 */
export async function attachedScreenshots(
  { attachments }: TestResult,
  isFailed: boolean,
  imageOf: (attachment: ResultAttachment) => ImageSource | undefined,
): Promise<AttachedScreenshots> {
  const missing: string[] = [];
  const all = attachments.filter(isScreenshot).flatMap((attachment) => {
    const image = imageOf(attachment);
    if (image === undefined) missing.push(attachment.path ?? attachment.name);
    return image === undefined ? [] : [{ attachment, image }];
  });
  const { smaller, smallerInBoth } = await cutOutsOf(all.map(({ image }) => image));
  const isCutOut = ({ attachment }: { attachment: ResultAttachment }, i: number) =>
    smaller.has(i) && attachment.step?.isOfElement === true;
  const placed = all.filter((it, i) => !isCutOut(it, i));
  const areTimed = placed.every(({ attachment }) => attachment.step?.atMs !== undefined);
  const tell = placed.some(({ attachment }) => attachment.step?.failed);
  const shown = isFailed && !tell ? failureAt(placed.map(({ attachment }) => attachment)) : undefined;
  const screenshots = placed.map(({ attachment, image }, i): DescribedScreenshot => {
    const { step } = attachment;
    const failed = step?.failed || i === shown;
    return {
      image,
      number: i + 1,
      caption: captionOf(attachment),
      ...(areTimed && { timestampMs: step!.atMs! }),
      ...(failed && { failed: true }),
    };
  });
  const names = all.map(({ attachment }) => attachment.name);
  const isKept = (i: number) => !isCutOut(all[i]!, i);
  const warnings = [
    skippedCutOuts(names.filter((_, i) => !isKept(i))),
    keptCutOuts(names.filter((_, i) => smallerInBoth.has(i) && isKept(i))),
  ];
  return { screenshots, missing, warnings: warnings.filter((it) => it !== undefined) };
}

/** Returns the index of the attachment that shows the failure: hooks may attach more pictures after it. */
function failureAt(attachments: readonly ResultAttachment[]): number {
  const own = attachments.findLastIndex(({ path }) => path !== undefined && OF_FAILURE.test(path));
  if (own >= 0) return own;
  const generic = attachments.findLastIndex((it) => !isNamedByTest(it));
  return generic >= 0 ? generic : attachments.length - 1;
}

function captionOf(attachment: ResultAttachment): string {
  const { name, step } = attachment;
  const standsAlone = !step?.title || /^(?:Before|After) Hooks$|^Worker Cleanup$/.test(step.title);
  if (standsAlone) return name;
  return name !== "" && isNamedByTest(attachment) ? `${step.title}: ${name}` : step.title;
}
