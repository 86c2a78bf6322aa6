import type { ImageSource } from "../../public-types.ts";
import type { ReadContext } from "../record-format.ts";

/**
 * Calls `options.resolve` for a picture that a record names. Resolves to `undefined` if there is none or it fails: a
 * run can be shown without one of its pictures, with a warning.
 */
export async function resolvePicture(
  reference: string,
  { resolve, signal }: ReadContext,
): Promise<ImageSource | undefined> {
  try {
    return (await resolve?.(reference)) ?? undefined;
  } catch {
    signal?.throwIfAborted();
    return undefined;
  }
}
