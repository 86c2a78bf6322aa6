import { TextRenderer } from "../captions/text-renderer.ts";
import { type Theme, themeOf } from "../captions/theme.ts";
import type { Size } from "../frame.ts";
import type { ResolvedOptions } from "../options/resolve-options.ts";
import { sharedResources } from "../platform/shared-resources.ts";
import type { PairPicture } from "../wasm-types.ts";
import { PairLabels } from "./pair-labels.ts";
import { layOutPair, type PairLayout } from "./pair-layout.ts";
import type { ComparedPair } from "./run-comparison.ts";

/** Color of the boxes around what differs: that of click markers. */
const BOX_COLOR = 0xff3b6b;

/** How the pictures of all pairs of a comparison look. */
export class PairPainter {
  private constructor(
    private readonly layout: PairLayout,
    private readonly theme: Theme,
    private readonly labels: PairLabels,
  ) {}

  /**
   * Lays out pictures for screenshots of which the largest width and height are `largest`.
   *
   * @throws `TaskGifError` `CAPTIONS_UNAVAILABLE` where no text can be drawn: which side is which has to be told.
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

  /** The picture of a pair, for the worker to draw. */
  pictureOf(pair: ComparedPair): PairPicture {
    const { width, height, cells } = this.layout;
    return { width, height, cells, ground: this.theme.ground, markColor: BOX_COLOR, overlays: this.labels.of(pair) };
  }

  /** A drawn picture as PNG. */
  async toPng(rgba: Uint8Array): Promise<Blob> {
    const { rgbaToPng } = await import("../sources/encode-png.lazy.ts");
    return rgbaToPng(this.layout.width, this.layout.height, rgba);
  }
}
