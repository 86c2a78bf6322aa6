import { TaskGifError } from "../errors.ts";
import { CARD, type Frame, type NewFrame, type Size } from "../frame.ts";
import type { ResolvedOptions } from "../options/resolve-options.ts";
import type { SharedResources } from "../platform/shared-resources.ts";
import type { GifStats } from "../types.ts";
import type { FrameSpec } from "../wasm-types.ts";
import type { WasmOptions } from "../workers/wasm-interface.ts";
import { captioned, isDrawnOn, loadCaptions, warnUndrawn } from "./annotations.ts";
import { wasmOptionsFor } from "./wasm-options.ts";

type Captions = import("../captions/captions.lazy.ts").Captions;

/** What one assembly draws on its frames, and the room on the screen that it takes. */
export class Annotator {
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
  wasmOptionsFor(largest: Size, lanes: number, shrink?: number): WasmOptions {
    const barFor = (widthPx: number) => this.#captions?.barFor(widthPx) ?? 0;
    const wasmOptions = wasmOptionsFor(this.options, largest, lanes, barFor, shrink);
    return this.#captions?.open(wasmOptions) ?? wasmOptions;
  }

  /** What is done to a frame's pixels. */
  specOf(frame: Frame): FrameSpec | undefined {
    const shown = frame.duplicateOf ?? frame;
    const drawn = this.#captions?.specOf(shown);
    return shown.spec || drawn ? { ...shown.spec, ...drawn } : undefined;
  }
}
