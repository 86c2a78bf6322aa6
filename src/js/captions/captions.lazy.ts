/** Captions, step numbers, title card and logo: everything that needs a canvas. Loaded when an option asks for one of them. */

import { CARD, type Frame } from "../frame.ts";
import { reject } from "../options/argument-checks.ts";
import type { ResolvedOptions } from "../options/resolve-options.ts";
import type { FrameSpec } from "../wasm-types.ts";
import type { WasmOptions } from "../workers/wasm-interface.ts";
import type { Canvases, Drawable } from "./canvas.ts";
import { barHeight, type LayoutOptions, layOut } from "./layout.ts";
import { decodeLogo } from "./logo.ts";
import { OverlayPainter } from "./overlays.ts";
import { stepNumberText, widestStepNumber } from "./step-number.ts";
import { TextRenderer } from "./text-renderer.ts";
import { themeOf } from "./theme.ts";

/** The inputs of captions. */
export type CaptionSource = {
  options: Pick<ResolvedOptions, "title" | "captions" | "stepNumbers" | "logo" | "background">;
  /** Loads canvases, if not those of the browser. */
  canvases: (() => Promise<Canvases>) | undefined;
  /** Number of steps; `undefined` if more may follow. */
  total: number | undefined;
  /** Reads the logo. */
  readLogo: () => Promise<Blob>;
};

/** Defaults if the options ask for a title, step numbers or a logo, but not for captions. */
const PLAIN = { position: "below", theme: "auto", maxLines: 1, fontFamily: undefined } as const;

/** The captions of one assembly. */
export class Captions {
  readonly #layoutOptions: LayoutOptions;
  #overlays: OverlayPainter | undefined;

  private constructor(
    private readonly source: CaptionSource,
    private readonly renderer: TextRenderer,
    private readonly logo: Drawable | undefined,
  ) {
    const { captions, stepNumbers } = source.options;
    const { position, maxLines } = captions ?? PLAIN;
    const [badge, hasLogo] = [stepNumbers, logo !== undefined];
    this.#layoutOptions = { captions: captions !== undefined, position, maxLines, badge, logo: hasLogo };
  }

  /**
   * Loads canvases, fonts and the logo.
   *
   * @throws `TaskGifError` `CAPTIONS_UNAVAILABLE` if the platform cannot draw; the error of reading the logo.
   */
  static async prepare(source: CaptionSource): Promise<Captions> {
    const { captions, title = "", logo } = source.options;
    const { fontFamily } = captions ?? PLAIN;
    const renderer = await TextRenderer.open(source.canvases, fontFamily);
    const { canvases } = renderer;
    if (!renderer.isFamilyValid) {
      return reject("options.captions.fontFamily", 'font families such as "Inter, sans-serif"', fontFamily);
    }
    // Later captions are not known yet; the font of these probably has their characters too.
    await canvases.fontsFor?.(renderer.font(16), `${title} Step 0123456789`);
    return new Captions(source, renderer, logo === undefined ? undefined : await decodeLogo(canvases, source.readLogo));
  }

  /** Height in pixels of the bar below screenshots of this width. */
  barFor(widthPx: number): number {
    return barHeight(widthPx, this.#layoutOptions);
  }

  /** Lays out the screen of these wasm options; returns them with the progress bar in the colors of the theme. */
  open(options: WasmOptions): WasmOptions {
    const { width, height, content, progress } = options;
    const { captions, stepNumbers, background } = this.source.options;
    const { position, theme, maxLines } = captions ?? PLAIN;
    const colors = themeOf(theme, background, position);
    this.#overlays = new OverlayPainter(this.renderer, {
      layout: layOut({ width, height }, content, progress?.height ?? 0),
      theme: colors,
      maxLines,
      widestBadge: stepNumbers ? widestStepNumber(this.source.total) : undefined,
      logo: this.logo,
    });
    if (!progress) return options;
    return { ...options, progress: { ...progress, color: colors.progress, track: colors.track } };
  }

  /** Returns the overlays of a frame; for the title card also its color. */
  specOf({ sourceIndex, step, timing }: Frame): FrameSpec | undefined {
    const { title, captions, stepNumbers } = this.source.options;
    if (sourceIndex === CARD) return title === undefined ? undefined : this.#overlays?.title(title);
    const overlays = this.#overlays?.step({
      caption: captions ? timing.caption : undefined,
      badge: stepNumbers ? stepNumberText(step.number, this.source.total) : undefined,
    });
    return overlays?.length ? { overlays } : undefined;
  }
}
