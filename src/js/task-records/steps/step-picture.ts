import { isAtHand, withoutBytesMarks } from "../../sources/to-blob.ts";
import { asObject, asText, type Json } from "../json-fields.ts";
import { saysNothing } from "./step-verdict.ts";

/** Field names of the picture of a step, the most certain name first. */
const KEYS = [
  "screenshot",
  "screenshot_base64",
  "screenshotBase64",
  "screenshot_b64",
  "screenshot_data",
  "screenshot_url",
  "screenshotUrl",
  "screenshot_path",
  "screenshotPath",
  "screenshot_file",
  "screenshotFile",
  "image",
  "image_base64",
  "imageBase64",
  "image_url",
  "imageUrl",
  "image_path",
  "imagePath",
  "picture",
];
/** Field names of the picture in an object that describes it. */
const INSIDE = ["url", "path", "data", "base64", "b64_json", "src", "file", "source", "image_url"];

/** A picture in a record: base64, an address or the name of a file. */
export type Picture = { picture: string; isFile?: boolean };

/** Whether a step has a field for its picture, even an empty one. */
export function hasPictureField(item: Json): boolean {
  return KEYS.some((key) => key in item);
}

/** Whether an object within a step has a screenshot, but not the step itself. */
export function nestsScreenshot(item: Json): boolean {
  return Object.values(item).some((value) => {
    const inner = asObject(value);
    if (!inner) return false;
    return KEYS.some((key) => key.startsWith("screenshot") && asPicture(inner[key])) || nestsScreenshot(inner);
  });
}

/** Returns the picture of a step, by any of the field names. */
export function pictureOf(item: Json): Picture | undefined {
  for (const key of KEYS) {
    const found = asPicture(item[key]);
    if (found) return found;
  }
  return undefined;
}

/** Returns the picture in a value: a text, or an object that contains one. */
export function asPicture(value: unknown, depth = 0): Picture | undefined {
  const text = asText(value);
  if (text !== undefined) {
    if (saysNothing(text)) return undefined;
    const picture = withoutBytesMarks(text);
    return isFileName(picture) ? { picture, isFile: true } : { picture };
  }
  const object = asObject(value);
  if (!object || depth > 2) return undefined;
  for (const name of INSIDE) {
    const found = asPicture(object[name], depth + 1);
    if (found) return found;
  }
  return undefined;
}

/** Whether a text can only be the path of a file, not an address that a page can load. */
function isFileName(text: string): boolean {
  if (isAtHand(text)) return false;
  return /^(?:file:|[a-z]:[\\/]|\\\\)/i.test(text) || text.includes("\\");
}
