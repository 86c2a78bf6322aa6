import type { Rect } from "../public-types.ts";
import type { Overlay } from "../wasm-types.ts";
import type { Drawable } from "./canvas.ts";
import type { Layout } from "./layout.ts";
import { logoOverlay } from "./logo.ts";
import { roundBox, solidBox } from "./rounded-box.ts";
import { STEP_NUMBER_GAP } from "./step-number.ts";
import type { TextLayout, TextRenderer } from "./text-renderer.ts";
import type { Theme } from "./theme.ts";
import { titleCard } from "./title-card.ts";

/** The texts of one step. */
export type StepText = { caption?: string | undefined; badge?: string | undefined };

/** The layout, colors and logo that all steps of an assembly share. */
export type OverlayStyle = {
  layout: Layout;
  theme: Theme;
  maxLines: number;
  /** The widest possible step number, as in `"88 / 88"`. Its width is reserved, so that captions do not move. */
  widestBadge?: string | undefined;
  logo?: Drawable | undefined;
};

/** Number of drawn texts that are cached: neighbors are drawn again, and steps often have equal texts. */
const KEPT = 32;

/** Makes the overlays of each step, and the title card. */
export class OverlayPainter {
  readonly #still: Overlay[];
  readonly #captionRoom: Rect;
  readonly #badgeRoom: Rect;
  readonly #kept = new Map<string, Overlay[]>();

  constructor(
    private readonly renderer: TextRenderer,
    private readonly scene: OverlayStyle,
  ) {
    const { layout, theme, widestBadge, logo: picture } = scene;
    const { inner, gapPx } = layout;
    const logo = picture && logoOverlay(picture, renderer, layout, theme);
    const badgePx = widestBadge === undefined ? 0 : Math.ceil(this.#layOutBadge(widestBadge).widthPx);
    const takenPx = badgePx === 0 ? 0 : badgePx + Math.round(STEP_NUMBER_GAP * layout.sizePx);
    const logoPx = logo && layout.bar ? logo.width + gapPx : 0;
    this.#badgeRoom = { ...inner, width: Math.max(badgePx, 1) };
    this.#captionRoom = {
      ...inner,
      left: inner.left + takenPx,
      width: Math.max(inner.width - takenPx - logoPx, 1),
    };
    this.#still = [...(layout.bar ? [solidBox(layout.bar, theme.ground)] : []), ...(logo ? [logo] : [])];
  }

  /** Color of the title card, and the title on it. */
  title(text: string): { blank: number; overlays: Overlay[] } {
    return titleCard(text, this.renderer, this.scene.layout, this.scene.theme);
  }

  /** Returns the overlays of a step; the first is painted first. */
  step({ caption, badge }: StepText): Overlay[] {
    const key = JSON.stringify([caption, badge]);
    let found = this.#kept.get(key);
    if (!found) {
      found = this.scene.layout.bar ? this.#below(caption, badge) : this.#over(caption, badge);
      if (this.#kept.size >= KEPT) this.#kept.delete(this.#kept.keys().next().value!);
      this.#kept.set(key, found);
    }
    return [...this.#still, ...found];
  }

  #below(caption: string | undefined, badge: string | undefined): Overlay[] {
    const { theme, layout } = this.scene;
    const { linePx } = layout;
    const overlays: Overlay[] = [];
    if (badge) {
      const colors = { text: theme.muted, ground: theme.ground };
      overlays.push(
        ...this.renderer.draw(this.#layOutBadge(badge), { box: this.#badgeRoom, side: "start", linePx }, colors),
      );
    }
    const laidOut = this.#layOutCaption(caption, this.#captionRoom.width);
    if (laidOut) {
      const colors = { text: theme.text, ground: theme.ground };
      overlays.push(...this.renderer.draw(laidOut, { box: this.#captionRoom, side: "start", linePx }, colors));
    }
    return overlays;
  }

  /** Boxes on the page: the step's number at the bottom left, the caption centered above it. */
  #over(caption: string | undefined, badge: string | undefined): Overlay[] {
    const { inner, gapPx } = this.scene.layout;
    let bottom = inner.top + inner.height;
    const overlays: Overlay[] = [];
    if (badge) {
      const laidOut = this.#layOutBadge(badge);
      const boxed = this.#boxed(laidOut, bottom, () => inner.left, this.scene.theme.muted);
      overlays.push(...boxed.overlays);
      bottom = boxed.top - gapPx;
    }
    const laidOut = this.#layOutCaption(caption, inner.width - 2 * gapPx);
    if (laidOut) {
      const centered = (width: number) => inner.left + Math.floor((inner.width - width) / 2);
      overlays.push(...this.#boxed(laidOut, bottom, centered, this.scene.theme.text).overlays);
    }
    return overlays;
  }

  #boxed(laidOut: TextLayout, bottom: number, leftFor: (width: number) => number, text: number) {
    const { theme, layout } = this.scene;
    const { gapPx, linePx } = layout;
    const width = Math.ceil(laidOut.widthPx) + 2 * gapPx;
    const height = laidOut.lines.length * linePx + gapPx;
    const rect = { left: leftFor(width), top: bottom - height, width, height };
    const place = {
      box: { ...rect, left: rect.left + gapPx, width: width - 2 * gapPx },
      side: "center" as const,
      linePx,
    };
    const drawn = this.renderer.draw(laidOut, place, { text, ground: theme.ground });
    return { overlays: [...roundBox(rect, gapPx, theme.ground), ...drawn], top: rect.top };
  }

  #layOutCaption(caption: string | undefined, widthPx: number): TextLayout | undefined {
    if (!caption) return undefined;
    const { maxLines, layout } = this.scene;
    const { sizePx, leastPx } = layout;
    const laidOut = this.renderer.layOut(caption, { widthPx, lines: maxLines, sizePx, leastPx });
    return laidOut.lines.length > 0 ? laidOut : undefined;
  }

  #layOutBadge(badge: string): TextLayout {
    const { inner, sizePx } = this.scene.layout;
    return this.renderer.layOut(badge, { widthPx: inner.width, lines: 1, sizePx, leastPx: sizePx });
  }
}
