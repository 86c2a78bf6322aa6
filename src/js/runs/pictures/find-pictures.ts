import type { ImageSource } from "../../public-types.ts";
import { asObject } from "../../task-records/json-fields.ts";
import { tryParseJson } from "../../task-records/parse-json.ts";
import type { RecordFile } from "../record-format.ts";
import { inlinePicture } from "./picture-of-base64.ts";
import { type PictureSize, sizeInHead } from "./picture-size.ts";

/** A picture in a JSON value, and its place. */
export type FoundPicture = {
  /** Names and indices from the root; `JSON_TEXT` for a text that was parsed as JSON. */
  path: readonly (string | number)[];
  image: ImageSource;
  /** Equal for equal pictures: its base64, its bytes, or the path of its file. */
  identity: unknown;
  size?: PictureSize | undefined;
  file?: RecordFile;
};

/** Part of a path: the text before this part was parsed as JSON. */
export const JSON_TEXT = "(JSON)";

/** Largest sides of icons in pixels: of any picture, and of a square one. */
const ICON_SIDE = 48;
const SQUARE_ICON_SIDE = 256;
/** Maximum nesting of JSON texts in JSON texts. */
const MOST_TEXTS = 2;
/** Start of base64 of PNG, JPEG, GIF and WebP, also in `data:` URLs and in Python's `b'...'`. */
const BASE64 = /^\s*(?:b['"])?(?:data:image\/|iVBORw0KGgo|[/_]9j[/_]|R0lGOD|UklGR)/;
const JSON_WITH_PICTURES = /^\s*[[{][\s\S]*(?:data:image\/|iVBORw0KGgo|\/9j\/)/;
const FILE_NAME = /^[^\n]{1,400}\.(?:png|jpe?g|webp)$/i;
/** Names of fields that may hold a screenshot. */
const OF_SCREEN = /screen|shot|image|img|picture|frame|snapshot|capture|observation|^obs|page/i;

/**
 * Returns the pictures in a JSON value, in document order: base64, bytes of a serialized `Buffer`, and names of files that `find`
 * knows. Texts that are JSON themselves, as in traces of language models, are parsed. Texts in `known` are not looked at, which
 * saves time for megabytes of base64.
 */
export function picturesIn(
  value: unknown,
  find: (reference: string) => RecordFile | undefined,
  known: ReadonlySet<string> = new Set(),
): readonly FoundPicture[] {
  const found: FoundPicture[] = [];
  const walk = (inner: unknown, path: readonly (string | number)[], texts: number): void => {
    if (typeof inner === "string") {
      if (known.has(inner)) return;
      const picture = pictureOfText(inner, path, find);
      if (picture) found.push({ ...picture, path });
      else if (texts < MOST_TEXTS && JSON_WITH_PICTURES.test(inner))
        walk(tryParseJson(inner), [...path, JSON_TEXT], texts + 1);
      return;
    }
    if (typeof inner !== "object" || inner === null) return;
    const bytes = bytesOf(inner);
    if (bytes) {
      const size = sizeInHead(bytes);
      if (isLarge(size)) found.push({ path, image: new Blob([bytes]), identity: bytes, size });
      return;
    }
    for (const [name, each] of Array.isArray(inner) ? inner.entries() : Object.entries(inner)) {
      walk(each, [...path, name], texts);
    }
  };
  walk(value, [], 0);
  return found;
}

function pictureOfText(
  text: string,
  path: readonly (string | number)[],
  find: (reference: string) => RecordFile | undefined,
): Omit<FoundPicture, "path"> | undefined {
  if (BASE64.test(text.slice(0, 64))) {
    const inline = inlinePicture(text.replace(/^\s*b(['"])(.*)\1\s*$/s, "$2"));
    return inline && isLarge(inline.size) ? { ...inline, identity: inline.image } : undefined;
  }
  const names = path.filter((name) => typeof name === "string").slice(-2);
  if (!FILE_NAME.test(text) || !names.some((name) => OF_SCREEN.test(name))) return undefined;
  const file = find(text);
  return file && { image: file.image(), identity: file.path, file };
}

function isLarge(size: PictureSize | undefined): boolean {
  if (!size) return true;
  const side = Math.max(size.width, size.height);
  return side > (size.width === size.height ? SQUARE_ICON_SIDE : ICON_SIDE);
}

/** First bytes of PNG, JPEG and WebP. Other lists of numbers, which may have millions of entries, are not converted. */
const FIRST_BYTES = /^(?:137,80,78,71|255,216,255,\d+|82,73,70,70)$/;

/** Returns the bytes of a picture: `{ type: "Buffer", data: [137, 80, ...] }`, an array, or `{ "0": 137, "1": 80, ... }`. */
function bytesOf(value: object): Uint8Array<ArrayBuffer> | undefined {
  const own = asObject(value);
  const data: unknown = own?.type === "Buffer" ? own.data : value;
  const { 0: a, 1: b, 2: c, 3: d } = (data ?? {}) as { [index: number]: unknown };
  if (typeof a !== "number" || !FIRST_BYTES.test([a, b, c, d].join())) return undefined;
  return Uint8Array.from(Object.values(data as object), Number);
}

/** Describes the path of a picture: `steps[].observation.screenshot`. */
export function placeOf(path: readonly (string | number)[]): string {
  return path
    .map((name) => (typeof name === "number" ? "[]" : `.${name}`))
    .join("")
    .replace(/^\./, "");
}
