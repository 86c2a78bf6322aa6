import { kindOf } from "../input/file-kind.ts";
import { type PictureSize, sizeInHead } from "./picture-size.ts";

/** A picture in a record as base64. */
export type InlinePicture = {
  /** `data:` URL in the standard alphabet of base64. */
  image: string;
  /** Absent if its head does not contain it. */
  size?: PictureSize;
};

/** Number of characters of base64 that contain the kind of a picture, and the size of all but JPEG. */
const KIND_LETTERS = 128;
/** Number of characters that are searched for the size of a JPEG, which follows the color profile. */
const JPEG_LETTERS = 65_536;
const DATA_URL = /^\s*data:[^,]{0,200};\s*base64\s*,/i;
const PICTURES = ["png", "jpeg", "webp", "gif"];

/**
 * Returns the picture that a text contains: a `data:` URL or bare base64, in the standard alphabet or in base64url. `undefined` for
 * any other text, such as an address or a note that a picture was removed.
 */
export function inlinePicture(text: unknown): InlinePicture | undefined {
  if (typeof text !== "string") return undefined;
  const start = DATA_URL.exec(text.slice(0, 300))?.[0].length ?? 0;
  const head = decodeHead(text.slice(start, start + KIND_LETTERS));
  const kind = head && kindOf(head);
  if (!kind || !PICTURES.includes(kind)) return undefined;
  const size = sizeInHead(kind === "jpeg" ? (decodeHead(text.slice(start, start + JPEG_LETTERS)) ?? head) : head);
  // A head without - and _ does not exclude base64url.
  const body = /[-_]/.test(text.slice(start))
    ? text.slice(start).replace(/-/g, "+").replace(/_/g, "/")
    : text.slice(start);
  return { image: `data:image/${kind};base64,${body.trim()}`, ...(size && { size }) };
}

function decodeHead(text: string): Uint8Array | undefined {
  const letters = text.replace(/\s+/g, "").replace(/-/g, "+").replace(/_/g, "/").replace(/=+$/, "");
  try {
    const bytes = atob(letters.slice(0, letters.length - (letters.length % 4)));
    return Uint8Array.from(bytes, (byte) => byte.charCodeAt(0));
  } catch {
    return undefined;
  }
}
