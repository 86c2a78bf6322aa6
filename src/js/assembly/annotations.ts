import type { Captions } from "../captions/index.ts";
import type { Frame } from "../frame.ts";
import { partOf } from "../lazy-import.ts";
import type { ResolvedOptions } from "../options/resolve-options.ts";
import { reject } from "../options/validate.ts";
import type { Workshop } from "../platform/shared-pool.ts";
import { toBlob } from "../sources/to-blob.ts";

/** The way from an assembly to what draws on its frames, which is loaded only when something is to be drawn. */

/** Whether anything is to be drawn that a canvas is needed for. */
export function isDrawnOn({ title, captions, stepNumbers, logo }: ResolvedOptions): boolean {
  return title !== undefined || captions !== undefined || stepNumbers || logo !== undefined;
}

/**
 * Loads what draws on `count` screenshots; infinite where nobody knows how many there will be.
 *
 * @throws `TaskGifError` `CAPTIONS_UNAVAILABLE` where nothing can be drawn; what reading the logo fails with.
 */
export async function loadCaptions(
  options: ResolvedOptions,
  { canvases, readUrl }: Workshop,
  count: number,
): Promise<Captions> {
  const total = Number.isFinite(count) ? count : undefined;
  const readLogo = async () => toBlob(options.logo, "options.logo", readUrl, options.signal);
  const { Captions } = await partOf(import("../captions/index.ts"), options.signal);
  return Captions.prepare({ options, canvases, total, readLogo });
}

/** The frame with the caption that the options make of its step. */
export function captioned<F extends Pick<Frame, "timing" | "step">>(frame: F, { captions }: ResolvedOptions): F {
  if (!captions?.text) return frame;
  const { caption: _, ...timing } = frame.timing;
  const { caption: __, ...step } = frame.step;
  const caption: unknown = captions.text(frame.step);
  if (caption === undefined || caption === null) return { ...frame, timing, step };
  if (typeof caption !== "string") return reject("options.captions.text()", "a string or nothing", caption);
  return { ...frame, timing: { ...timing, caption }, step: { ...step, caption } };
}
