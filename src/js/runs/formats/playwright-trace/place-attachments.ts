import type { DescribedScreenshot } from "../../../public-types.ts";
import { isPicture } from "../../input/file-kind.ts";
import { isComparedAttachment } from "../../pictures/is-compared-picture.ts";
import { pictureSize } from "../../pictures/picture-size.ts";
import type { RecordFile } from "../../record-format.ts";
import type { TestAttachment } from "./test-steps.ts";

/** A screenshot of a step with the file and the size of its picture. */
export type PlacedScreenshot = { screenshot: DescribedScreenshot; file: RecordFile; width: number; height: number };

/** Maximum difference of the aspect ratios of an attachment and the viewport. */
const SHAPE_TOLERANCE = 0.02;

/**
 * Replaces the pictures of the screencast, which have at most 800 x 600 pixels, by the screenshots that the test attached, if every step
 * has one: a replay with two sizes would jump.
 */
export async function placeAttachments(
  placed: readonly PlacedScreenshot[],
  attachments: readonly TestAttachment[],
  find: (reference: string) => RecordFile | undefined,
): Promise<DescribedScreenshot[]> {
  const frames = placed.map(({ screenshot }) => screenshot);
  const pictures = attachments.filter(
    ({ contentType, name }) => contentType.startsWith("image/") && !isComparedAttachment(name),
  );
  if (pictures.length === 0) return frames;
  const full = new Map<number, FullSize>();
  const sizes = new Map<RecordFile, FullSize | undefined>();
  for (const { reference, atMs } of pictures) {
    const file = find(reference);
    const i = placed.findLastIndex(({ screenshot }) => (screenshot.timestampMs ?? 0) <= atMs);
    if (!file || i < 0 || full.has(i)) continue;
    if (!sizes.has(file)) sizes.set(file, await sizeOf(file));
    const size = sizes.get(file);
    if (size && hasShapeOf(placed[i]!, size)) full.set(i, size);
  }
  // Steps with the same picture share the attachment.
  const byFrame = new Map([...full].map(([i, size]) => [placed[i]!.file, size]));
  const all = placed.map(({ file }, i) => full.get(i) ?? byFrame.get(file));
  const [first] = all;
  if (!first || !all.every((size) => size?.width === first.width && size.height === first.height)) return frames;
  return placed.map(({ screenshot, width }, i) => scaled(screenshot, all[i]!.file, first.width / width));
}

type FullSize = { file: RecordFile; width: number; height: number };

async function sizeOf(file: RecordFile): Promise<FullSize | undefined> {
  if (!isPicture(file)) return undefined;
  const size = await file.blob().then(pictureSize, () => undefined);
  return size && { file, ...size };
}

function hasShapeOf(frame: PlacedScreenshot, { width, height }: FullSize): boolean {
  const shape = (width * frame.height) / (height * frame.width);
  return width >= frame.width && Math.abs(shape - 1) <= SHAPE_TOLERANCE;
}

function scaled(screenshot: DescribedScreenshot, file: RecordFile, scale: number): DescribedScreenshot {
  const { click, element } = screenshot;
  return {
    ...screenshot,
    image: file.image(),
    ...(click && { click: { left: click.left * scale, top: click.top * scale } }),
    ...(element && {
      element: {
        left: element.left * scale,
        top: element.top * scale,
        width: element.width * scale,
        height: element.height * scale,
      },
    }),
  };
}
