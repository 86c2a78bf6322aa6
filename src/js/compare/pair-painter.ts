import { TextRenderer } from "../captions/text-renderer.ts";
import { type Theme, themeOf } from "../captions/theme.ts";
import type { Size } from "../frame.ts";
import type { ResolvedOptions } from "../options/resolve-options.ts";
import { sharedResources } from "../platform/shared-resources.ts";
import type { PairPicture } from "../wasm-types.ts";
import { PairLabels } from "./pair-labels.ts";
import { layOutPair, type PairLayout } from "./pair-layout.ts";
import type { ComparedPair } from "./run-comparison.ts";

/** Color of the boxes around differences: the color of click markers. */
const BOX_COLOR = 0xff3b6b;

/** Describes the pictures of all pairs of a comparison. */
export class PairPainter {
  private constructor(
    private readonly layout: PairLayout,
    private readonly theme: Theme,
    private readonly labels: PairLabels,
  ) {}

  /**
   * Lays out pictures for screenshots with the largest width and height `largest`.
   *
   * @throws `TaskGifError` `CAPTIONS_UNAVAILABLE` if text cannot be drawn: the sides need labels.
   */
  static async open(
    largest: Size,
    labels: readonly [string, string],
    { width, captions, background }: Pick<ResolvedOptions, "width" | "captions" | "background">,
  ): Promise<PairPainter> {
    const layout = layOutPair(largest, width);
    const theme = themeOf(captions?.theme ?? "auto", background, "below");
    const renderer = await TextRenderer.open(sharedResources().canvases, captions?.fontFamily);
    await renderer.canvases.fontsFor?.(renderer.font(16), `${labels.join(" ")} 0123456789`);
    return new PairPainter(layout, theme, new PairLabels(renderer, layout, theme, labels));
  }

  /** Width of every picture. */
  get width(): number {
    return this.layout.width;
  }

  /** Returns the picture of a pair, which the worker draws. */
  pictureOf(pair: ComparedPair): PairPicture {
    const { width, height, cells } = this.layout;
    return { width, height, cells, ground: this.theme.ground, markColor: BOX_COLOR, overlays: this.labels.of(pair) };
  }

  /** Encodes a drawn picture as PNG. */
  async toPng(rgba: Uint8Array): Promise<Blob> {
    const { rgbaToPng } = await import("../sources/encode-png.lazy.ts");
    return rgbaToPng(this.layout.width, this.layout.height, rgba);
  }
}
