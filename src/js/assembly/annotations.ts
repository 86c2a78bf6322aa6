import { CARD, type Frame, type NewFrame, type Size } from "../frame.ts";
import { lazyImport } from "../lazy-import.ts";
import { reject } from "../options/argument-checks.ts";
import type { ResolvedOptions } from "../options/resolve-options.ts";
import type { SharedResources } from "../platform/shared-resources.ts";
import type { GifStats } from "../public-types.ts";
import { toBlob } from "../sources/to-blob.ts";
import { TaskGifError } from "../task-gif-error.ts";
import type { FrameSpec } from "../wasm-types.ts";
import type { WasmOptions } from "../workers/wasm-interface.ts";
import { wasmOptionsFor } from "./wasm-options.ts";

type Captions = import("../captions/captions.lazy.ts").Captions;

/** What one assembly draws on its frames, and the room on the screen that it takes. */
export class Annotations {
  #captions: Captions | undefined;

  constructor(private readonly options: ResolvedOptions) {}

  /** Whether `prepare` has something to load. */
  get isNeeded(): boolean {
    return isDrawnOn(this.options);
  }

  /**
   * Loads what draws on `count` screenshots. Where nothing can be drawn, the GIF is made all the same and the warning is
   * returned, unless the options insist.
   *
   * @throws `TaskGifError` `CAPTIONS_UNAVAILABLE` where the options insist; what reading the logo fails with.
   */
  async prepare(resources: SharedResources, count: number): Promise<GifStats["warnings"]> {
    try {
      this.#captions = await loadCaptions(this.options, resources, count);
      return [];
    } catch (error) {
      const isUnavailable = error instanceof TaskGifError && error.code === "CAPTIONS_UNAVAILABLE";
      if (!isUnavailable || this.options.captions?.required) throw error;
      warnUndrawn(error.message);
      return [{ code: error.code, message: error.message }];
    }
  }

  /** The title card, if there is one that can be drawn. */
  titleCard(): NewFrame | undefined {
    const { title } = this.options;
    if (title === undefined || !this.#captions) return undefined;
    const step = { number: 0, caption: title };
    return { sourceIndex: CARD, source: new Blob([]), timing: { caption: title }, step };
  }

  /** The frame with the caption that the options make of its step. */
  captioned(frame: NewFrame): NewFrame {
    return captioned(frame, this.options, this.#captions !== undefined);
  }

  /**
   * Wasm options for screenshots of which the largest are `largest`, all scaled by `shrink`. What is drawn from now on fits
   * the screen of these options.
   */
  wasmOptionsFor(largest: Size, sessions: number, shrink?: number): WasmOptions {
    const barFor = (widthPx: number) => this.#captions?.barFor(widthPx) ?? 0;
    const wasmOptions = wasmOptionsFor(this.options, largest, sessions, barFor, shrink);
    return this.#captions?.open(wasmOptions) ?? wasmOptions;
  }

  /** What is done to a frame's pixels. */
  specOf(frame: Frame): FrameSpec | undefined {
    const shown = frame.duplicateOf ?? frame;
    const drawn = this.#captions?.specOf(shown);
    return shown.spec || drawn ? { ...shown.spec, ...drawn } : undefined;
  }
}

/** Whether anything is to be drawn that a canvas is needed for. */
function isDrawnOn({ title, captions, stepNumbers, logo }: ResolvedOptions): boolean {
  return title !== undefined || captions !== undefined || stepNumbers || logo !== undefined;
}

/**
 * Loads what draws on `count` screenshots; infinite where nobody knows how many there will be.
 *
 * @throws `TaskGifError` `CAPTIONS_UNAVAILABLE` where nothing can be drawn; what reading the logo fails with.
 */
async function loadCaptions(
  options: ResolvedOptions,
  { canvases, readUrl }: SharedResources,
  count: number,
): Promise<Captions> {
  const total = Number.isFinite(count) ? count : undefined;
  const readLogo = async () => toBlob(options.logo, "options.logo", readUrl, options.signal);
  const { Captions } = await lazyImport(import("../captions/captions.lazy.ts"), options.signal);
  return Captions.prepare({ options, canvases, total, readLogo });
}

/**
 * The frame with the caption that the options make of its step. Without captions on the picture, its timing has none
 * either: nobody needs time to read what is not drawn.
 */
function captioned<F extends Pick<Frame, "timing" | "step">>(
  frame: F,
  { captions }: ResolvedOptions,
  isDrawn: boolean,
): F {
  const { caption: _, ...timing } = frame.timing;
  const { caption: given, ...step } = frame.step;
  const caption: unknown = captions?.text ? captions.text(frame.step) : given;
  if (caption === undefined || caption === null) return { ...frame, timing, step };
  if (typeof caption !== "string") return reject("options.captions.text()", "a string or nothing", caption);
  return { ...frame, timing: { ...timing, ...(captions && isDrawn && { caption }) }, step: { ...step, caption } };
}

let hasWarned = false;

/** Tells developers, once, that nothing can be drawn; what is in a GIF's report is easily overlooked. */
function warnUndrawn(message: string): void {
  if (!hasWarned) console.warn(`task-gif: ${message}; GIFs are made without them`);
  hasWarned = true;
}
