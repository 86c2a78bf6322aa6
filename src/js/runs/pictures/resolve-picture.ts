import type { ImageSource } from "../../public-types.ts";
import type { ReadContext } from "../record-format.ts";

/**
 * The picture that the caller gives for what a record names. Nothing where there is none or it cannot be had: a record
 * without one of its pictures can still be shown, and its run says what is missing.
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
