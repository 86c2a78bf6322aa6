import type { ImageSource } from "../../public-types.ts";
import type { RunWarning } from "../run.ts";
import { type PictureSize, pictureSize, sizeInHead } from "./picture-size.ts";

/** Indices of the screenshots of a test that may show only a part of the page. */
export type CutOuts = {
  /** Narrower or lower than the page. */
  smaller: ReadonlySet<number>;
  /** Narrower and lower than the page. */
  smallerInBoth: ReadonlySet<number>;
};

/**
 * Compares the sizes of the pictures of a test with the size of its page: the most frequent size, or the largest of equally
 * frequent ones. Pictures whose size cannot be read are ignored.
 */
export async function cutOutsOf(images: readonly ImageSource[]): Promise<CutOuts> {
  const sizes = await Promise.all(images.map(sizeOf));
  const page = pageSize(sizes.filter((size) => size !== undefined));
  const indices = (isMatch: (size: PictureSize) => boolean) =>
    new Set(sizes.flatMap((size, i) => (size && isMatch(size) ? [i] : [])));
  if (!page) return { smaller: new Set(), smallerInBoth: new Set() };
  const { width, height } = page;
  return {
    smaller: indices((size) => size.width < width || size.height < height),
    smallerInBoth: indices((size) => size.width < width && size.height < height),
  };
}

/** Returns the warning about pictures of single elements that are left out; `undefined` if there are none. */
export function skippedCutOuts(names: readonly string[]): RunWarning | undefined {
  if (names.length === 0) return undefined;
  const message = `${names.length} pictures of single elements are left out, such as ${quoted(names)}`;
  return { code: "CUT_OUTS_SKIPPED", message };
}

/** Returns the warning about pictures that may show a part of a page and are kept; `undefined` if there are none. */
export function keptCutOuts(names: readonly string[]): RunWarning | undefined {
  if (names.length === 0) return undefined;
  const message =
    `the record does not say whether pictures that are smaller than the others show a part of the page, such as ` +
    `${quoted(names)}: they are kept; options.steps (--steps) takes others only`;
  return { code: "MEANING_GUESSED", message };
}

const quoted = ([first = ""]: readonly string[]) => JSON.stringify(first.slice(0, 80));

async function sizeOf(image: ImageSource): Promise<PictureSize | undefined> {
  try {
    const source = typeof image === "function" ? await image() : image;
    if (ArrayBuffer.isView(source))
      return sizeInHead(new Uint8Array(source.buffer, source.byteOffset, source.byteLength));
    return source instanceof Blob ? await pictureSize(source) : undefined;
  } catch {
    return undefined; // the assembly reports unreadable pictures
  }
}

function pageSize(sizes: readonly PictureSize[]): PictureSize | undefined {
  const counts = new Map<string, { size: PictureSize; count: number }>();
  for (const size of sizes) {
    const key = `${size.width} ${size.height}`;
    counts.set(key, { size, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  const area = ({ size }: { size: PictureSize }) => size.width * size.height;
  const [most] = [...counts.values()].sort((a, b) => b.count - a.count || area(b) - area(a));
  return most?.size;
}
