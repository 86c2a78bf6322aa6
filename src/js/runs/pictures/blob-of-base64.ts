import { fromBase64 } from "../../sources/to-blob.ts";
import { describeError, TaskGifError } from "../../task-gif-error.ts";

/**
 * Decodes base64 into a blob.
 *
 * @throws `TaskGifError` `UNREADABLE` for any other text.
 */
export function blobOfBase64(text: string, type = ""): Blob {
  try {
    return new Blob([fromBase64(text)], { type });
  } catch (error) {
    throw new TaskGifError("UNREADABLE", `expected base64, but ${describeError(error)}`, undefined, error);
  }
}
