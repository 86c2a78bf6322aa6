import type { RunsLimits } from "../read-options.ts";
import { withinLimit } from "./limits.ts";

/** Number of bytes unpacked during a call, from all archives. */
export type UnpackedBytes = { total: number };

/** Size in bytes from which the ratio is checked: small files may consist of blanks. */
const RATIO_FROM_BYTES = 16 * 2 ** 20;

/**
 * Checks the ratio of unpacked to packed bytes of a file in an archive.
 *
 * @throws `TaskGifError` `LIMIT_EXCEEDED` if it is more than `limits.ratio`.
 */
export function checkRatio(size: number, packedSize: number, limits: Required<RunsLimits>, path: string): void {
  if (size < RATIO_FROM_BYTES) return;
  withinLimit(size / Math.max(packedSize, 1), "ratio", limits, `times the packed bytes in ${path}`);
}

/**
 * Counts the bytes of a file that is about to be unpacked.
 *
 * @throws `TaskGifError` `LIMIT_EXCEEDED` if all together are more than `limits.unpackedBytes`.
 */
export function countUnpacked(unpacked: UnpackedBytes, size: number, limits: Required<RunsLimits>, path: string): void {
  unpacked.total += size;
  withinLimit(unpacked.total, "unpackedBytes", limits, `unpacked bytes up to ${path}`);
}
