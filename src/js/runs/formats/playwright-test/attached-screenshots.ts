import type { DescribedScreenshot, ImageSource } from "../../../public-types.ts";
import type { ResultAttachment, TestResult } from "./types.ts";

/** Names that Playwright gives its own screenshots. */
const GENERIC = /^(?:screenshot|image)$/i;
/** Pictures of a comparison that show no page. */
const COMPARISON = /-(?:expected|previous|diff)(?:\.png)?$/;

/** Whether an attachment shows a page. A GIF is what was made of such pictures, as by the reporter of this package. */
export function isScreenshot({ name, contentType }: ResultAttachment): boolean {
  return contentType.startsWith("image/") && contentType !== "image/gif" && !COMPARISON.test(name);
}

/** Whether the test itself gave an attachment its name. */
export const isNamedByTest = ({ name }: ResultAttachment): boolean => !GENERIC.test(name);

/**
 * The screenshots among the attachments of a result, in its order; the last of a failed one shows the failure. `imageOf`
 * gives the picture of an attachment; those of which it gives none are `missing`.
 */
export function attachedScreenshots(
  { attachments }: TestResult,
  isFailed: boolean,
  imageOf: (attachment: ResultAttachment) => ImageSource | undefined,
): { screenshots: DescribedScreenshot[]; missing: string[] } {
  const missing: string[] = [];
  const placed = attachments.filter(isScreenshot).flatMap((attachment) => {
    const image = imageOf(attachment);
    if (image === undefined) missing.push(attachment.path ?? attachment.name);
    return image === undefined ? [] : [{ attachment, image }];
  });
  const areTimed = placed.every(({ attachment }) => attachment.step?.atMs !== undefined);
  const screenshots = placed.map(({ attachment, image }, i): DescribedScreenshot => {
    const { step } = attachment;
    const failed = step?.failed || (isFailed && i === placed.length - 1);
    return {
      image,
      number: i + 1,
      caption: captionOf(attachment),
      ...(areTimed && { timestampMs: step!.atMs! }),
      ...(failed && { failed: true }),
    };
  });
  return { screenshots, missing };
}

function captionOf(attachment: ResultAttachment): string {
  const { name, step } = attachment;
  const isHook = step === undefined || /^(?:Before|After) Hooks$|^Worker Cleanup$/.test(step.title);
  if (isHook) return name;
  return name !== "" && isNamedByTest(attachment) ? `${step.title}: ${name}` : step.title;
}
