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

/** The annotations of one assembly, and the space that they take on the screen. */
export class Annotations {
  #captions: Captions | undefined;

  constructor(private readonly options: ResolvedOptions) {}

  /** Whether `prepare` has to load anything. */
  get isNeeded(): boolean {
    return isDrawnOn(this.options);
  }

  /**
   * Loads the code, fonts and logo that annotations of `count` screenshots need. If the platform cannot draw, returns a warning, and
   * the GIF is made without annotations, unless the options require them.
   *
   * @throws `TaskGifError` `CAPTIONS_UNAVAILABLE` if the options require annotations; the error of reading the logo.
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

  /** The title card, if the options ask for one and the platform can draw. */
  titleCard(): NewFrame | undefined {
    const { title } = this.options;
    if (title === undefined || !this.#captions) return undefined;
    const step = { number: 0, caption: title };
    return { sourceIndex: CARD, source: new Blob([]), timing: { caption: title }, step };
  }

  /** Returns the frame with the caption of its step, formatted according to the options. */
  captioned(frame: NewFrame): NewFrame {
    return captioned(frame, this.options, this.#captions !== undefined);
  }

  /**
   * Returns wasm options for screenshots with the largest size `largest`, all scaled by `shrink`. From then on, annotations are
   * drawn for the screen of these options.
   */
  wasmOptionsFor(largest: Size, sessions: number, shrink?: number): WasmOptions {
    const barFor = (widthPx: number) => this.#captions?.barFor(widthPx) ?? 0;
    const wasmOptions = wasmOptionsFor(this.options, largest, sessions, barFor, shrink);
    return this.#captions?.open(wasmOptions) ?? wasmOptions;
  }

  /** Returns the redactions, markers and overlays of a frame. */
  specOf(frame: Frame): FrameSpec | undefined {
    const shown = frame.duplicateOf ?? frame;
    const drawn = this.#captions?.specOf(shown);
    return shown.spec || drawn ? { ...shown.spec, ...drawn } : undefined;
  }
}

/** Whether the options ask for an annotation that is drawn on a canvas. */
function isDrawnOn({ title, captions, stepNumbers, logo }: ResolvedOptions): boolean {
  return title !== undefined || captions !== undefined || stepNumbers || logo !== undefined;
}

/**
 * Loads the code, fonts and logo for captions of `count` screenshots; `Infinity` if their number is not known yet.
 *
 * @throws `TaskGifError` `CAPTIONS_UNAVAILABLE` if the platform cannot draw; the error of reading the logo.
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
 * Returns the frame with the caption of its step, formatted according to the options. If captions are not drawn, the frame has
 * none, and gets no time for reading.
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

/** Warns on the console, once, that annotations cannot be drawn: warnings in `gif.stats` are easy to overlook. */
function warnUndrawn(message: string): void {
  if (!hasWarned) console.warn(`task-gif: ${message}; GIFs are made without them`);
  hasWarned = true;
}
