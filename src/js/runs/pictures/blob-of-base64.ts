import { fromBase64 } from "../../sources/to-blob.ts";
import { describeError, TaskGifError } from "../../task-gif-error.ts";

/**
 * The bytes that base64 stands for, as a blob.
 *
 * @throws `TaskGifError` `UNREADABLE` where it is none.
 */
export function blobOfBase64(text: string, type = ""): Blob {
  try {
    return new Blob([fromBase64(text)], { type });
  } catch (error) {
    throw new TaskGifError("UNREADABLE", `expected base64, but ${describeError(error)}`, undefined, error);
  }
}
