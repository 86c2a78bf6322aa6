import { kindOf } from "../input/file-kind.ts";
import { type PictureSize, sizeInHead } from "./picture-size.ts";

/** A picture that stands in a record as base64. */
export type InlinePicture = {
  /** `data:` URL in the usual alphabet. */
  image: string;
  /** Where its head tells it. */
  size?: PictureSize;
};

/** Letters of base64 that tell the kind of a picture, and the size of all but JPEG. */
const KIND_LETTERS = 128;
/** Letters in which the size of a JPEG is looked for: it stands behind the color profile. */
const JPEG_LETTERS = 65_536;
const DATA_URL = /^\s*data:[^,]{0,200};\s*base64\s*,/i;
const PICTURES = ["png", "jpeg", "webp", "gif"];

/**
 * The picture that a text is: a `data:` URL or bare base64, in the usual alphabet or in the one for URLs. `undefined` for
 * any other text, such as an address or what stands where a picture was taken out.
 */
export function inlinePicture(text: unknown): InlinePicture | undefined {
  if (typeof text !== "string") return undefined;
  const start = DATA_URL.exec(text.slice(0, 300))?.[0].length ?? 0;
  const head = decodeHead(text.slice(start, start + KIND_LETTERS));
  const kind = head && kindOf(head);
  if (!kind || !PICTURES.includes(kind)) return undefined;
  const size = sizeInHead(kind === "jpeg" ? (decodeHead(text.slice(start, start + JPEG_LETTERS)) ?? head) : head);
  // The head may look usual where the rest does not.
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
