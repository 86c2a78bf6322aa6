import type { Overlay } from "../wasm-types.ts";
import type { Layout } from "./layout.ts";
import type { TextRenderer } from "./text-renderer.ts";
import type { Theme } from "./theme.ts";

/**
 * The title: font size relative to captions, factor by which a long title is reduced step by step, shares of the card that it may
 * fill, and distance of baselines relative to the font size.
 */
const TITLE = { size: 1.9, step: 0.06, width: 0.8, height: 0.7, line: 1.3 };

/** Color of the title card, and the title on it. */
export function titleCard(
  text: string,
  renderer: TextRenderer,
  layout: Layout,
  theme: Theme,
): { blank: number; overlays: Overlay[] } {
  const { screen, sizePx } = layout;
  const area = {
    left: Math.round((screen.width * (1 - TITLE.width)) / 2),
    top: 0,
    width: Math.round(screen.width * TITLE.width),
    height: screen.height,
  };
  // The font size of a long title is reduced before it is cut off; a smaller font gives more lines.
  const layOutAt = (size: number) => {
    const lines = Math.max(Math.floor((screen.height * TITLE.height) / (TITLE.line * size)), 1);
    return renderer.layOut(text, { widthPx: area.width, lines, sizePx: size, leastPx: size });
  };
  let laidOut = layOutAt(Math.round(TITLE.size * sizePx));
  for (let share = TITLE.size - TITLE.step; laidOut.isCut && share > 1 - TITLE.step; share -= TITLE.step) {
    laidOut = layOutAt(Math.round(Math.max(share, 1) * sizePx));
  }
  const linePx = Math.round(TITLE.line * laidOut.sizePx);
  const colors = { text: theme.text, ground: theme.ground };
  return {
    blank: theme.ground,
    overlays: renderer.draw(laidOut, { box: area, side: "center", linePx }, colors),
  };
}
